// Random numbers of one document.
import { randomUint32 } from '../base/index.js';

/** Random numbers one after the other. */
export interface Random {
	/** 0 ≤ x < 1. */
	float(): number;
	/** A whole number from 0 to below `limit`. */
	below(limit: number): number;
}

/** The random numbers of a document in an epoch: the same whenever they are asked for anew. */
export function randomOf(seed: number, epoch: number, document: number): Random {
	const own = randomUint32(seed, epoch, document);
	let drawn = 0;
	const float = () => randomUint32(own, epoch, drawn++) / 2 ** 32;
	return { float, below: (limit) => Math.floor(float() * limit) };
}
