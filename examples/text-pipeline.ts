// From files to counted stems: read, clean, split, stem, on all processors; then a vocabulary, a saved pipeline and a file of tokens.
// Run it: node dist/examples/text-pipeline.js [reviews.csv.gz …] (columns `text` and `label`; default: the sample of AG News).
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	chain,
	clean,
	collect,
	csv,
	dedupe,
	filter,
	fromJSON,
	parallel,
	pipe,
	stem,
	stopwords,
	toJSON,
	toJsonl,
	vocabulary,
	words,
} from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';

const files = process.argv.slice(2);
const counts = { read: 0, skipped: 0, replaced: 0 };
const source = files.length > 0 ? csv(files, { columns: ['text', 'label'], header: true, onError: 'skip', counts }) : agNews.train(null);

const stages = chain(clean({ lowercase: true }), words({ punctuation: false }), stopwords(), stem({ algorithm: 'porter' }));
const texts = pipe(
	source,
	dedupe(),
	filter(({ text }) => text.length > 20),
);

// Stages run in worker threads; the vocabulary is counted there, too.
const fitted = await vocabulary({ minCount: 3 }).fit(pipe(texts, parallel(stages)));
console.log(`${fitted.size} stems that occur three times or more`);

// A pipeline is data: what was saved does the same elsewhere.
const folder = await mkdtemp(join(tmpdir(), 'textloom-'));
await writeFile(join(folder, 'pipeline.json'), JSON.stringify(toJSON(chain(stages, fitted))));
const again = fromJSON(await readFile(join(folder, 'pipeline.json'), 'utf8'));
console.log(await collect(pipe([{ text: 'Markets marketed by marketers' }], again)));

await toJsonl(pipe(texts, stages), join(folder, 'tokens.jsonl.gz'));
console.log(`Written: ${folder}; ${counts.skipped} bad rows left out`);
