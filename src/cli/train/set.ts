// Options by name and value, as `--set hidden=256` gives them.
import { UsageError } from '../usage-error.js';

/** The options of a repeated flag. Throws a UsageError for one that is given twice. */
export function optionsIn(flag: string, given: readonly string[]): Record<string, unknown> {
	const said = given.map(optionOf);
	const twice = said.map(([option]) => option).find((option, place, all) => all.indexOf(option) < place);
	if (twice !== undefined) throw new UsageError(`expected --${flag} ${twice} once, got it twice.`);
	return Object.fromEntries(said);
}

/** `hidden=256`, `kernels=2,3`, `bidirectional=true`, or any value as JSON. */
function optionOf(given: string): [name: string, value: unknown] {
	const at = given.indexOf('=');
	const [name, text] = [given.slice(0, at), given.slice(at + 1)];
	const value = parsed(text);
	return [name, value === text && text.includes(',') ? text.split(',').map(parsed) : value];
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
