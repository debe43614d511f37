// The tasks of textloom's own by their names: what a folder says that its model is for.
import type { AnyTask } from '../task/task.js';
import { textClassification } from './text-classification.js';
import { tokenClassification } from './token-classification.js';

const all: readonly ((options: never) => AnyTask)[] = [textClassification, tokenClassification];

/** What makes each task of its options. */
export const ownTasks: Readonly<Record<string, (options: never) => AnyTask>> = Object.fromEntries(
	all.map((make) => [make({} as never).name, make]),
);
