// Residual connection (He et al. 2016): y = x + f(x).

import { argumentOf, type Kinds, optionsOf } from '../base/index.js';
import { ops, ShapeError, scope, showShape } from '../graph/index.js';
import { of } from './kinds.js';
import type { Layer } from './layer.js';

/** What the result of the body is added to. */
export interface ResidualOptions {
	/** Makes of the input what has the shape of the body's result, such as a convolution with a kernel of 1. By default the input itself. */
	readonly shortcut?: Layer;
}

const kinds: Kinds<ResidualOptions> = { shortcut: of.layer };

/** The result of a body, added to its input. */
export function residual(body: Layer, options: ResidualOptions = {}): Layer {
	argumentOf('residual', 'body', body, of.layer);
	const { shortcut } = optionsOf('residual', options, kinds);
	return {
		parameters: { body: body.parameters, ...(shortcut && { shortcut: shortcut.parameters }) },
		apply: (x, mode) =>
			scope('residual', () => {
				const changed = body.apply(x, mode);
				const kept = shortcut ? shortcut.apply(x, mode) : x;
				if (showShape(changed.shape) !== showShape(kept.shape)) {
					throw new ShapeError(
						`residual: expected the body to give ${showShape(kept.shape)}, got ${showShape(changed.shape)}. Correct it, or pass a shortcut that gives its shape.`,
					);
				}
				return ops.add(changed, kept);
			}),
	};
}
