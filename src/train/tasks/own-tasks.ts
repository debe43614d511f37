// The tasks of textloom's own by their names: what a folder says that its model is for.
import type { AnyTask } from '../task/task.js';
import * as list from './list.js';

/** What makes a task of its options. */
export type MakeTask = (options: never) => AnyTask;

/** What makes each task, by its name. */
export const ownTasks: Readonly<Record<string, MakeTask>> = Object.fromEntries(
	(Object.values(list) as MakeTask[]).map((make) => [make({} as never).name, make]),
);
