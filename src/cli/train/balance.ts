// How labels are shared out among the documents of a training, in words.
import { count, percent, some } from '../output.js';

/** So many labels are named one by one. */
const most = 10;

/** So many times as many documents of one label as of another are worth a word. */
const large = 4;

/** The shares of the labels in one line; and where some are rare, what can be done, unless they are weighted. */
export function balanceOf(classes: Readonly<Record<string, number>>, { weighted }: { readonly weighted: boolean }): string[] {
	const rows = Object.entries(classes).sort(([, a], [, b]) => b - a);
	const all = rows.reduce((sum, [, documents]) => sum + documents, 0);
	const shares = rows.map(([name, documents]) => `${name} ${percent(documents / all)}`);
	const [first, last] = [rows[0]!, rows.at(-1)!];
	const listed =
		rows.length <= most
			? `Labels: ${shares.join(', ')}`
			: `${count(rows.length)} labels, from ${first[0]} (${some(first[1], 'document')}) to ${last[0]} (${some(last[1], 'document')})`;
	const ratio = first[1] / last[1];
	if (ratio <= large || weighted) return [listed];
	return [
		listed,
		`${first[0]} has ${count(ratio)} times as many documents as ${last[0]} (${count(last[1])}): with --weights balanced each label counts as much as any.`,
	];
}
