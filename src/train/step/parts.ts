// Tensors cut along their axis of samples, and put together again.
import { type Shape, type Tensor, type TensorData, zeroTensor } from '../../graph/index.js';
import type { Tensors } from './turns.js';

/** The size of the samples' axis in a shape. */
const samplesAxis = 'batch';

/** Where `count` parts of so many samples begin and end: as equal as can be, and none empty. */
export function bounds(samples: number, count: number): readonly (readonly [from: number, to: number])[] {
	const parts = Math.min(count, samples);
	return Array.from({ length: parts }, (_, part) => [Math.floor((part * samples) / parts), Math.floor(((part + 1) * samples) / parts)]);
}

/** The samples `from` to `to` of tensors, as copies. What has no axis of samples is whole in every part. */
export function cut(shapes: Readonly<Record<string, Shape>>, tensors: Tensors, [from, to]: readonly [number, number]): Tensors {
	return Object.fromEntries(
		Object.entries(tensors).map(([name, tensor]): [string, Tensor] => {
			const axis = shapes[name]!.indexOf(samplesAxis);
			const { dtype, shape, data } = tensor;
			if (axis < 0) return [name, { dtype, shape, data: data.slice() as TensorData }];
			const part = zeroTensor(dtype, shape.with(axis, to - from));
			const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
			const outer = shape.slice(0, axis).reduce((product, size) => product * size, 1);
			for (let row = 0; row < outer; row++) {
				const start = (row * shape[axis]! + from) * inner;
				(part.data as Float32Array).set((data as Float32Array).subarray(start, start + (to - from) * inner), row * (to - from) * inner);
			}
			return [name, part];
		}),
	);
}

/** The parts of tensors as one again. What has no axis of samples is that of the first part. */
export function together(shapes: Readonly<Record<string, Shape>>, parts: readonly Tensors[]): Tensors {
	const [first] = parts as [Tensors];
	return Object.fromEntries(
		Object.entries(first).map(([name, tensor]): [string, Tensor] => {
			const axis = shapes[name]!.indexOf(samplesAxis);
			if (axis < 0 || parts.length === 1) return [name, tensor];
			const { dtype, shape } = tensor;
			const all = parts.map((part) => part[name]!);
			const samples = all.reduce((sum, part) => sum + part.shape[axis]!, 0);
			const whole = zeroTensor(dtype, shape.with(axis, samples));
			const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
			const outer = shape.slice(0, axis).reduce((product, size) => product * size, 1);
			let at = 0;
			for (const { shape: own, data } of all) {
				const length = own[axis]! * inner;
				for (let row = 0; row < outer; row++)
					(whole.data as Float32Array).set((data as Float32Array).subarray(row * length, (row + 1) * length), row * samples * inner + at);
				at += length;
			}
			return [name, whole];
		}),
	);
}
