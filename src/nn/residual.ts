// Residual connection (He et al. 2016): y = x + f(x).
import { ops, ShapeError, scope, showShape } from '../graph/index.js';
import type { Layer } from './layer.js';
import type { Chain } from './sequential.js';

/** What a body changes of its input, added to it; to what `shortcut` makes of it where shapes differ (a convolution of width 1, say). */
export function residual(body: Layer, { shortcut }: { readonly shortcut?: Layer } = {}): Chain {
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
