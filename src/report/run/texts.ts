// The sections of a report that have texts: examples with their words in colour, and where the model looked.
import { heatMap } from '../charts/heat-map.js';
import { escaped, short } from '../markup.js';
import { segmentsOf, type WeightedToken } from '../segments.js';
import type { ReportedExample } from './data.js';
import type { Section } from './sections.js';

/** UTF-16 units of a text that are shown, at most. */
const longest = 1200;

/** A text with its words in colour, the strongest in full colour. */
function colouredText(text: string, tokens: readonly WeightedToken[] = []): string {
	const segments = segmentsOf(text, tokens);
	const most = segments.reduce((largest, { weight = 0 }) => Math.max(largest, Math.abs(weight)), 0);
	let units = 0;
	const pieces: string[] = [];
	for (const { text: piece, weight = 0 } of segments) {
		const left = longest - units;
		if (left <= 0) break;
		units += piece.length;
		const shown = escaped(piece.length > left ? piece.slice(0, left) : piece);
		const share = most > 0 ? Math.abs(weight) / most : 0;
		if (share < 0.04) pieces.push(shown);
		else {
			const kind = weight > 0 ? 'for' : 'against';
			const mark = `<span class="${kind}" style="--weight: ${short(share)}" title="${weight > 0 ? '+' : '−'}${Math.abs(weight).toPrecision(2)}">`;
			pieces.push(`${mark}${shown}</span>`);
		}
	}
	return `<p class="text">${pieces.join('')}${units > longest || segments.reduce((sum, { text }) => sum + text.length, 0) > longest ? '…' : ''}</p>`;
}

function card({ text, truth, said, right, score, tokens }: ReportedExample): string {
	const sure = score === undefined ? '' : ` ${(100 * score).toFixed(1)}%`;
	const answer = right
		? `<strong>Right</strong> <span>${escaped(said)}${sure}</span>`
		: `<strong>Wrong</strong> <span>said ${escaped(said)}${sure}</span> <span class="soft">true label ${escaped(truth)}</span>`;
	return `<article class="example ${right ? 'right' : 'wrong'}"><header>${answer}</header>${colouredText(text, tokens)}</article>`;
}

/** Documents with what was said of them. */
export const examples: Section = ({ groups = [], method }) => {
	const some = groups.filter((group) => group.examples.length > 0);
	if (some.length === 0) return undefined;
	const key = method
		? `<p class="soft key">Words by ${escaped(method)}: <span class="for" style="--weight: 1">for</span> and <span class="against" style="--weight: 1">against</span> what was said.</p>`
		: '';
	const shown = some.map(({ title, examples: own }) => `<div><h3>${escaped(title)}</h3>${own.map(card).join('')}</div>`);
	return `${key}<div class="groups">${shown.join('')}</div>`;
};

/** Tokens of which a table of attention is drawn, at most. */
const mostTokens = 28;

/** Where the model looked in one text. */
export const attention: Section = ({ attention: data }) => {
	if (!data) return undefined;
	const { text, said, tokens, table, rows } = data;
	const visible = (token: string) => (token.trim() === '' ? '␣' : token);
	const words = tokens.slice(0, mostTokens).map(({ token }) => visible(token));
	const cells = table?.slice(0, mostTokens).map((row) => row.slice(0, mostTokens));
	const shares = cells ?? [tokens.slice(0, mostTokens).map(({ weight }) => Math.max(weight, 0))];
	const looking = rows?.slice(0, mostTokens).map(visible) ?? words;
	const titles = rows ? { rowTitle: 'said', columnTitle: 'read' } : { rowTitle: 'from', columnTitle: 'to' };
	const map = heatMap(shares, {
		...{ title: 'Attention', columns: words, numbers: false, cell: 22 },
		...(cells ? { rows: looking, ...titles } : { rows: [''] }),
	});
	const cut = tokens.length > mostTokens ? ` The map has the first ${mostTokens} of ${tokens.length} tokens.` : '';
	const looks = rows
		? 'how much it looked at each token of the text (column) when it said each of its own (row)'
		: 'how much each word (row) looks at each (column), the mean of the heads';
	const what = cells ? looks : "each word's share";
	return `<p class="soft">One text, said to be ${escaped(said)}: ${what}.${cut}</p><div class="attention">${colouredText(text, tokens)}<figure class="wide"><h3>Attention</h3>${map}</figure></div>`;
};
