// Errors of the engine.

/** Shapes or types that do not fit, found while a graph is built, or by a session in what it is fed: names the operator, the layer that asked for it, and the mend. */
export class ShapeError extends Error {
	override readonly name = 'ShapeError';
}
