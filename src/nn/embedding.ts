// Embedding: a learned vector for each id.
import { ops, type Parameter, parameter, scope, type Value } from '../graph/index.js';
import { normal } from './initializers.js';
import type { Layer } from './layer.js';

/** Id of padding: its vector is 0 and stays so. */
const padding = 0;

/**
 * Looks up the vectors of ids: `[batch, time]` int32 to `[batch, time, width]`. Row 0 is padding and stays 0.
 * Training keeps a large table outside the graph and updates touched rows only (see ARCHITECTURE, Tables).
 */
export function embedding({ size, width, deviation = 0.1 }: { size: number; width: number; deviation?: number }): Layer<[ids: Value]> & {
	parameters: { weight: Parameter };
} {
	const weight = parameter([size, width], normal(deviation, { zeroRow: padding }), { frozenRow: padding });
	return {
		parameters: { weight },
		apply: (ids) => scope('embedding', () => ops.gather(weight, ids)),
	};
}
