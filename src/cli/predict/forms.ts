// What a predicted document looks like: an object of JSON, or a row of CSV.
import type { Common, Prediction as Said } from '../../train/recipes.js';
import { UsageError } from '../usage-error.js';
import type { Text } from './texts.js';

/** What is said of a text. */
type Prediction = Said & Common;

/** Makes a document to be written; `labels` are those whose probabilities are asked for, all or none. */
export type Form = (doc: Text & Prediction, labels: readonly string[]) => object;

/** How documents look in a file of that name; in stdout without one. */
export function formOf(out: string | undefined): Form {
	if (out === undefined || /\.(jsonl|ndjson|json)(\.gz)?$/i.test(out)) return json;
	if (/\.(csv|tsv)(\.gz)?$/i.test(out)) return flat;
	throw new UsageError(`expected --out to end in .jsonl, .ndjson, .json, .csv or .tsv (or these with .gz), got ${out}.`);
}

const json: Form = ({ text, label, score, probabilities, warning, rest }, labels) =>
	beside(rest, {
		...{ text, label, score },
		...(labels.length > 0 && { probabilities: Object.fromEntries(labels.map((name, place) => [name, probabilities[place]])) }),
		...(warning !== undefined && { warning }),
	});

/** Every row has every column. */
const flat: Form = ({ text, label, score, probabilities, warning = '', rest }, labels) => {
	const each = labels.map((name, place) => [`probability ${name}`, probabilities[place]]);
	return beside(rest, { text, label, score, ...Object.fromEntries(each), warning });
};

/** The prediction, then the document's other fields. Those of its names become `input_NAME`: none is lost. */
function beside(rest: Readonly<Record<string, unknown>>, prediction: object): object {
	const others = Object.entries(rest).map(([name, value]) => [
		taken.has(name) || Object.hasOwn(prediction, name) ? `input_${name}` : name,
		value,
	]);
	return { ...prediction, ...Object.fromEntries(others) };
}

/** The same for all documents, whether they have a warning or not. */
const taken = new Set(['text', 'label', 'score', 'probabilities', 'warning']);
