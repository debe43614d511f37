// How a loop is refused.
import { ShapeError } from '../errors.js';
import { currentScope } from '../value.js';

/** Names scan and the layer that asked for it. `got` says what to do next, too. */
export function fail(expected: string, got: string): never {
	const place = currentScope();
	throw new ShapeError(`scan${place ? ` in ${place}` : ''}: expected ${expected}, got ${got}.`);
}
