// One part of a product quantizer: k-means with 256 centroids, and the nearest one for each row, as fastText does.
import { createSharedMemory, permutation, randomFloat } from '../../../base/index.js';
import { createKernel, memoryStart } from '../kernel/kernel.js';
import { centroidCount } from '../matrix.js';

/** Points that centroids are learned from at most, and rounds. */
const mostPoints = centroidCount * 256;
const rounds = 25;
/** How far two centroids are moved apart that were one. */
const apart = 1e-7;
/** Points that the kernel looks at in one call. */
const blockPoints = 65536;

/** What was learned of a part. */
export interface Part {
	/** 256 centroids of `width` numbers. */
	readonly centroids: Float32Array;
	/** The centroid of each row. */
	readonly codes: Uint8Array;
}

/** Learns centroids of rows of `width` numbers, at least 256 of them. */
export function quantizePart(points: Float32Array, width: number, { seed, part }: { seed: number; part: number }): Part {
	const count = points.length / width;
	const order = permutation(count, seed, 2 * part);
	const sample = Math.min(count, mostPoints);
	const some = new Float32Array(sample * width);
	for (let i = 0; i < sample; i++) some.set(points.subarray(order[i]! * width, (order[i]! + 1) * width), i * width);
	const centroids = some.slice(0, centroidCount * width);
	const nearest = nearestOf(width);
	const codes = new Uint8Array(sample);
	for (let round = 0; round < rounds; round++) {
		nearest(some, centroids, codes);
		moveToMeans(some, codes, centroids, { width, random: (i) => randomFloat(seed, 2 * part + 1, round * 65536 + i) });
	}
	const all = new Uint8Array(count);
	nearest(points, centroids, all);
	return { centroids, codes: all };
}

/** Each centroid becomes the mean of its points; one without points takes half of those of another one, chosen by how many these are. */
function moveToMeans(
	points: Float32Array,
	codes: Uint8Array,
	centroids: Float32Array,
	{ width, random }: { width: number; random: (i: number) => number },
): void {
	const sizes = new Float64Array(centroidCount);
	const sums = new Float64Array(centroids.length);
	for (let point = 0; point < codes.length; point++) {
		const code = codes[point]!;
		sizes[code]!++;
		for (let i = 0; i < width; i++) sums[code * width + i]! += points[point * width + i]!;
	}
	for (let at = 0; at < sums.length; at++) centroids[at] = sums[at]! / Math.max(1, sizes[Math.floor(at / width)]!);
	let drawn = 0;
	for (let empty = 0; empty < centroidCount; empty++) {
		if (sizes[empty] !== 0) continue;
		let other = 0;
		// With few points none may have one to spare.
		for (let tries = 0; tries < 65536 && random(drawn++) * (codes.length - centroidCount) >= sizes[other]! - 1; tries++) {
			other = (other + 1) % centroidCount;
		}
		for (let i = 0; i < width; i++) {
			const value = centroids[other * width + i]!;
			const sign = (i % 2) * 2 - 1;
			centroids[empty * width + i] = value + sign * apart;
			centroids[other * width + i] = value - sign * apart;
		}
		sizes[empty] = Math.floor(sizes[other]! / 2);
		sizes[other]! -= sizes[empty]!;
	}
}

/** The nearest centroid of each point, by the kernel. */
function nearestOf(width: number): (points: Float32Array, centroids: Float32Array, codes: Uint8Array) => void {
	const sizes = { points: 4 * blockPoints * width, centroids: 4 * centroidCount * width, halves: 4 * centroidCount, codes: blockPoints };
	const centroidsAt = memoryStart;
	const halvesAt = centroidsAt + sizes.centroids;
	const codesAt = halvesAt + sizes.halves;
	const pointsAt = codesAt + sizes.codes;
	const memory = createSharedMemory(pointsAt + sizes.points);
	const kernel = createKernel(memory);
	const [floats, bytes] = [new Float32Array(memory.buffer), new Uint8Array(memory.buffer)];
	return (points, centroids, codes) => {
		for (let code = 0; code < centroidCount; code++) {
			let sum = 0;
			for (let i = 0; i < width; i++) {
				const value = centroids[code * width + i]!;
				floats[centroidsAt / 4 + i * centroidCount + code] = value;
				sum += value * value;
			}
			floats[halvesAt / 4 + code] = sum / 2;
		}
		for (let from = 0; from < codes.length; from += blockPoints) {
			const count = Math.min(blockPoints, codes.length - from);
			floats.set(points.subarray(from * width, (from + count) * width), pointsAt / 4);
			kernel.assign(pointsAt, count, width, centroidsAt, halvesAt, codesAt);
			codes.set(bytes.subarray(codesAt, codesAt + count), from);
		}
	};
}
