// Pipelines made by a function of settings. Of a misspelled setting it would never ask: that is noticed.
import { nearest } from '../../base/index.js';
import { partsOf } from '../evaluate/check-parts.js';
import type { Pipeline } from '../evaluate/options.js';
import type { Settings } from './settings.js';

/**
 * The parts of the pipeline for each of the settings.
 *
 * @throws {RangeError} for a setting that the function never reads.
 */
export function madeOf(who: string, make: (settings: Settings) => Pipeline, all: readonly Settings[]): (readonly Pipeline[])[] {
	const [read, asked] = [new Set<string>(), new Set<string>()];
	const made = all.map((settings) => partsOf(who, make(watched(settings, read, asked))));
	const unread = all.flatMap(Object.keys).find((name) => !read.has(name));
	if (unread === undefined) return made;
	const meant = nearest(unread, [...asked]);
	throw new RangeError(
		`${who}: expected settings that the function uses, got ${JSON.stringify(unread)}, which it never reads. ${meant ? `Did you mean ${meant}?` : 'Take it out, or use it.'}`,
	);
}

/** The settings, frozen, which note what is read of them, and what is asked for and not there. */
function watched(settings: Settings, read: Set<string>, asked: Set<string>): Settings {
	return new Proxy(Object.freeze({ ...settings }), {
		get(target, name) {
			if (typeof name !== 'string') return undefined;
			if (!Object.hasOwn(target, name)) {
				asked.add(name);
				return undefined;
			}
			read.add(name);
			return target[name];
		},
	});
}
