// What a predicted document looks like: an object of JSON, or a row of CSV.
import { UsageError } from '../usage-error.js';

/** A document as it is predicted: what the model reads, and its other fields apart. */
export interface Input {
	readonly text?: string;
	readonly tokens?: readonly string[];
	/** What its column or field is called. */
	readonly column: string;
	readonly rest: Readonly<Record<string, unknown>>;
}

/** What the model says of it, whatever the task. */
export type Said = Readonly<Record<string, unknown>> & { readonly cut: boolean; readonly warning?: string };

/** What is asked of probabilities. */
export interface Asked {
	/** All labels of the model, in its order. */
	readonly labels: readonly string[];
	/** Whether the probability of each is written. */
	readonly probabilities: boolean;
	/** How many of the most probable labels are written; 0 for none. */
	readonly top: number;
}

/** Makes a document to be written. */
export type Form = (doc: Input & Said, asked: Asked) => object;

/** Formats that stdout can have. */
export const outputs = ['jsonl', 'csv', 'tsv'] as const;
export type OutputFormat = (typeof outputs)[number];

/** How documents look in a file of that name; in stdout of that format without one. */
export function formOf(out: string | undefined, format: OutputFormat, others: readonly string[] = []): Form {
	if (out === undefined) return format === 'jsonl' ? json : flat;
	if (/\.(jsonl|ndjson|json)(\.gz)?$/i.test(out)) return json;
	if (/\.(csv|tsv)(\.gz)?$/i.test(out)) return flat;
	const endings = [...others, 'jsonl', 'ndjson', 'json', 'csv'].map((name) => `.${name}`).join(', ');
	throw new UsageError(`expected --out to end in ${endings} or .tsv (or these with .gz), got ${out}.`);
}

/** What a field has, alone, as the text of a line. */
export const linesOf =
	(field: string): Form =>
	(doc) => ({ text: String(doc[field]).replace(/\s*[\r\n]+\s*/g, ' ') });

const json: Form = ({ rest, probabilities, cut: _, ...doc }, asked) =>
	beside(rest, {
		...underItsName(doc),
		...(asked.top > 0 && { top: mostProbable(asked, probabilities).map(([label, score]) => ({ label, score })) }),
		...(asked.probabilities && { probabilities: Object.fromEntries(byLabel(asked.labels, probabilities)) }),
	});

/** Arrays that have an entry for each token. */
const byToken = new Set(['tokens', 'tags', 'scores']);

/** Arrays of a document as text: those of tokens with spaces between, others, such as labels, with commas. */
const asCells = (doc: object) =>
	Object.fromEntries(
		Object.entries(doc).map(([name, value]) => [name, isPlain(value) ? value.join(byToken.has(name) ? ' ' : ',') : value]),
	);

/** An array of texts and numbers: others are for JSON, and the sink says so. */
const isPlain = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.every((item) => typeof item !== 'object');

/** Every row has every column. */
const flat: Form = ({ rest, probabilities, cut: _, warning = '', ...doc }, asked) => {
	// The first is the label itself.
	const next = asked.top > 0 ? mostProbable(asked, probabilities).slice(1) : [];
	const others = next.flatMap(([label, score], place) => [
		[`label ${place + 2}`, label],
		[`score ${place + 2}`, score],
	]);
	const each = asked.probabilities ? byLabel(asked.labels, probabilities).map(([name, share]) => [`probability ${name}`, share]) : [];
	return beside(asCells(rest), { ...underItsName(asCells(doc)), ...Object.fromEntries([...others, ...each]), warning });
};

/** The text, or the tokens where there is none, under the name of its column: what is predicted can be read again as it was. */
function underItsName({ column, text, tokens, ...said }: Readonly<Record<string, unknown>>): object {
	if (text === undefined) return { [column as string]: tokens, ...said };
	return { [column as string]: text, ...(tokens !== undefined && { tokens }), ...said };
}

const byLabel = (labels: readonly string[], shares: unknown): [name: string, share: unknown][] =>
	labels.map((name, place) => [name, (shares as readonly number[] | undefined)?.[place]]);

/** The most probable labels, the likeliest first; of equal ones the first of the model. */
const mostProbable = ({ labels, top }: Asked, shares: unknown) =>
	byLabel(labels, shares)
		.sort(([, a], [, b]) => (b as number) - (a as number))
		.slice(0, top);

/** The prediction, then the document's other fields. Those of its names become `input_NAME`: none is lost. */
function beside(rest: Readonly<Record<string, unknown>>, prediction: object): object {
	const isFree = (name: string) => !taken.has(name) && !Object.hasOwn(prediction, name);
	const all: Record<string, unknown> = { ...prediction };
	for (const [name, value] of Object.entries(rest)) {
		let as = name;
		while (!isFree(as) || Object.hasOwn(all, as) || (as !== name && Object.hasOwn(rest, as))) as = `input_${as}`;
		all[as] = value;
	}
	return all;
}

/** The same for all documents, whether they have a warning or not. */
const taken = new Set(['text', 'label', 'score', 'top', 'probabilities', 'warning']);
