// What a training is for: a pipeline by its name, or files.
import { existsSync } from 'node:fs';
import { nearest } from '../../base/nearest.js';
import { pipelineNames } from '../catalog.js';
import { isPattern } from '../own/format.js';

/** The pipeline that the arguments name, if they do. Throws for one word that is neither a pipeline nor a file nor a pattern. */
export function pipelineOf(source: readonly string[]): string | undefined {
	const names = pipelineNames();
	const [name, ...more] = source;
	if (name === undefined || more.length > 0 || name === '-') return undefined;
	if (names.includes(name)) return name;
	if (existsSync(name) || isPattern(name)) return undefined;
	const meant = nearest(name, names);
	const next = meant ? `Did you mean ${meant}?` : 'Check the name.';
	throw new Error(`expected a pipeline (${names.join(', ')}) or a file, got ${JSON.stringify(name)}, which is neither. ${next}`);
}
