// Arrays that grow at their end, though none that was handed out changes: what exact metrics keep of every sample.

/** How many numbers of a buffer are taken: those behind them are free. */
const taken = new WeakMap<ArrayBufferLike, number>();

/** `before` and then `more`, in about `more.length` steps: behind what was appended last there is room. To any other array a copy is appended. */
export function appended(before: Float64Array, more: Float64Array): Float64Array {
	const length = before.length + more.length;
	const fits = before.byteOffset === 0 && taken.get(before.buffer) === before.length && length * 8 <= before.buffer.byteLength;
	const room = fits ? before.buffer : new ArrayBuffer(8 * Math.max(length, 2 * before.length, 256));
	const all = new Float64Array(room, 0, length);
	if (!fits) all.set(before);
	all.set(more, before.length);
	taken.set(room, length);
	return all;
}
