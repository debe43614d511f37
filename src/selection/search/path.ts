// The path of a setting: a stage of the chain, and an option of it.
import { nearest } from '../../base/index.js';
import type { Pipeline } from '../evaluate/options.js';

/** Where a setting belongs. */
export interface SettingPath {
	/** The place of the part in the chain. */
	readonly place: number;
	/** The option, and the fields inside of it. */
	readonly keys: readonly string[];
}

/**
 * The place that a path names: `stage.option`, or `stage[1].option` for the second of that name; `stage.option.field` for a part of an option.
 *
 * @throws {RangeError} for a stage that the chain does not have, with the one that was meant.
 */
export function pathOf(who: string, path: string, parts: readonly Pipeline[]): SettingPath {
	const names = [...new Set(parts.map(({ spec }) => spec.stage))];
	// The longest, since a name may have a point in it.
	const [stage] = names.filter((name) => path.startsWith(`${name}.`) || path.startsWith(`${name}[`)).sort((a, b) => b.length - a.length);
	if (stage === undefined) throw unknownStage(who, path, names);
	const places = parts.flatMap(({ spec }, place) => (spec.stage === stage ? [place] : []));
	const [, number, option] = /^(?:\[(\d+)\])?\.(.+)$/s.exec(path.slice(stage.length)) ?? [];
	if (option === undefined) {
		throw new RangeError(
			`${who}: expected a setting such as ${stage}.option or ${stage}[0].option, got ${JSON.stringify(path)}. Name an option.`,
		);
	}
	if (number === undefined && places.length > 1) {
		throw new RangeError(
			`${who}: expected one stage called ${stage}, got ${places.length} (${path}). Say which: ${stage}[0].${option} is the first.`,
		);
	}
	const place = places[Number(number ?? 0)];
	if (place === undefined) {
		throw new RangeError(`${who}: expected ${stage}[0] to ${stage}[${places.length - 1}], got ${path}. Stages are counted from 0.`);
	}
	return { place, keys: option.split('.') };
}

function unknownStage(who: string, path: string, names: readonly string[]): RangeError {
	const given = path.replace(/[.[].*$/s, '');
	const meant = nearest(given, names);
	const next = meant ? `Did you mean ${meant}${path.slice(given.length) || '.option'}?` : `The chain has ${names.join(', ')}.`;
	return new RangeError(`${who}: expected a setting of a stage that the chain has, got ${JSON.stringify(path)}. ${next}`);
}
