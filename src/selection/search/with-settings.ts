// A declared chain with other options: the stages that settings name are made anew, the others stay.
import { canonical, type Json, OptionError } from '../../base/index.js';
import { type Revivers, reviveStages } from '../../stages/index.js';
import { chainParts, isOwn } from '../../stream/index.js';
import type { Pipeline } from '../evaluate/options.js';
import { pathOf } from './path.js';
import type { Settings } from './settings.js';

type Changed = { -readonly [Key in string]: Json };

/**
 * Makes a function from settings to the parts of the chain with these. Stages of the user's own are made by `custom`. Equal options give the same
 * part, so that what it learned is shared.
 */
export function withSettings(who: string, chain: Pipeline, custom: Revivers = {}): (settings: Settings) => readonly Pipeline[] {
	const parts = chainParts(chain);
	const made = new Map<string, readonly Pipeline[]>();
	return (settings) => {
		const changes = new Map<number, { options: Changed; paths: string[] }>();
		for (const [path, value] of Object.entries(settings)) {
			const { place, keys } = pathOf(who, path, parts);
			const { spec } = parts[place]!;
			if (spec.state !== undefined) {
				throw new RangeError(
					`${who}: expected a stage that is to learn, got ${spec.stage}, which has learned (${path}). Put ${spec.stage}(…) itself into the chain.`,
				);
			}
			const change = changes.get(place) ?? { options: structuredClone(spec.options ?? {}) as Changed, paths: [] };
			changes.set(place, change);
			set(who, change.options, { keys, path, value });
			change.paths.push(path);
		}
		return parts.flatMap((part, place): readonly Pipeline[] => {
			const change = changes.get(place);
			if (!change) return [part];
			const key = canonical([place, change.options], who, 'settings');
			const again = made.get(key) ?? revived(who, part, { ...change, custom });
			made.set(key, again);
			return again;
		});
	};
}

/** Sets an option, or a field inside of it. */
function set(who: string, options: Changed, { keys, path, value }: { keys: readonly string[]; path: string; value: Json }): void {
	const [first, ...rest] = keys as [string, ...string[]];
	const put = (target: Changed, key: string, item: Json) =>
		Object.defineProperty(target, key, { value: item, configurable: true, enumerable: true, writable: true });
	if (rest.length === 0) return void put(options, first, value);
	const inner = Object.hasOwn(options, first) ? options[first] : {};
	if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) {
		throw new RangeError(`${who}: expected ${first} to have fields, got ${JSON.stringify(inner)} (${path}). Set ${first} as a whole.`);
	}
	put(options, first, inner as Json);
	set(who, inner as Changed, { keys: rest, path, value });
}

/** A part made anew. What it refuses is told with the settings that it was made of. */
function revived(
	who: string,
	{ spec }: Pipeline,
	{ options, paths, custom }: { options: Json; paths: string[]; custom: Revivers },
): readonly Pipeline[] {
	const { stage } = spec;
	if (!isOwn(spec) && !Object.hasOwn(custom, stage)) {
		throw new TypeError(
			`${who}: expected a stage of textloom, got ${stage} (${paths.join(', ')}), a function of your own. Say how it is made: { stages: { ${JSON.stringify(stage)}: (options) => … } }.`,
		);
	}
	try {
		return chainParts(reviveStages({ stages: [{ stage, options, ...(!isOwn(spec) && { custom: true }) }], numbers: {} }, custom, who));
	} catch (error) {
		const cause = (error as Error).cause ?? error;
		if (!(cause instanceof OptionError)) throw error;
		throw new RangeError(`${who}: expected settings that ${stage} has, got ${paths.join(', ')}: ${cause.message}`, { cause });
	}
}
