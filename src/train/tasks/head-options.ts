// What the heads of text classification share.
import type { Json } from '../../base/index.js';
import type { ClassWeights } from './classes.js';

/** What the heads of this task share. */
export interface HeadOptions {
	readonly name: string;
	readonly options: Json;
	readonly weights: ClassWeights | undefined;
	readonly smoothing: number;
}
