// The sample of a classification corpus, which comes with the package.
import { fileURLToPath } from 'node:url';
import { csv, DataError, documentsFrom } from 'textloom/stream';
import type { CorpusDocuments, CorpusFacts } from './facts.js';

/** Every fifth row of the sample is for testing. */
const testEvery = 5;

/** The rows of the sample that belong to a split. */
export function sample({ name, classes = [], sampleRows }: CorpusFacts, split: string): CorpusDocuments {
	if (sampleRows === undefined) {
		throw new DataError(`${name}: expected a data folder, got a wish for the sample, which it does not have. Name a folder.`);
	}
	// This file runs from dist/corpora; the samples stay where they are.
	const path = fileURLToPath(new URL(`../../corpora/samples/${name}.csv`, import.meta.url));
	const rows = csv(path, {
		fields: 2,
		record: ([label, text]) => {
			if (!classes.includes(label!))
				throw new Error(`${name}: expected a label of ${classes.join(', ')}, got "${label}". Correct the sample.`);
			return { text: text!, label: label! };
		},
	});
	const docs = documentsFrom(async function* () {
		let row = 0;
		for await (const chunk of rows.chunks()) {
			const part = chunk.filter(() => (++row % testEvery === 0) === (split === 'test'));
			if (part.length > 0) yield part;
		}
	});
	const tests = Math.floor(sampleRows / testEvery);
	const count = split === 'test' ? tests : sampleRows - tests;
	return Object.assign(docs, { origin: `${count} rows of the sample corpus, written for this project (${path})`, sample: true });
}
