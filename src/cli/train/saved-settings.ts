// settings.json of a run: what `train` was called with, for `--like` and `--settings`.
import { join } from 'node:path';
import { writeAtomic } from '../../base/index.js';
import { besideModel } from '../../train/task/model-folder.js';
import type { TrainArguments, TrainFlags } from './flags.js';
import { isGiven } from './given.js';

/** What belongs to one call and not to the training. */
const passing: readonly (keyof TrainFlags)[] = ['out', 'resume', 'overwrite', 'json', 'threads', 'settings', 'like'];

/** Writes the settings that are not the defaults, as they were given: paths as the user typed them. */
export async function saveSettings(out: string, { source }: TrainArguments, flags: TrainFlags): Promise<void> {
	const rows = (Object.keys(flags) as (keyof TrainFlags)[])
		.filter((key) => !passing.includes(key) && isGiven(flags, key))
		.map((key) => [key, flags[key]]);
	await writeAtomic(
		join(out, besideModel.settings),
		`${JSON.stringify({ source: source.length > 1 ? source : source[0], ...Object.fromEntries(rows) }, undefined, 2)}\n`,
	);
}
