// From files to counted stems, on all processors; a pipeline saved as data. `node text-pipeline.js [FILE.csv …]`: columns text and label.
import { chain, clean, collect, csv, dedupe, filter, fromJSON, parallel, pipe, stem, stopwords, toJSON, vocabulary, words } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';

const files = process.argv.slice(2);
const counts = { read: 0, skipped: 0, replaced: 0 };
const source = files.length > 0 ? csv(files, { columns: ['text', 'label'], header: true, onError: 'skip', counts }) : agNews.train(null);
const texts = pipe(
	source,
	dedupe(),
	filter(({ text }) => text.length > 20),
);

// The stages run in worker threads, and the vocabulary is counted there, too.
const stages = chain(clean(), words({ punctuation: false }), stopwords(), stem());
const fitted = await vocabulary({ minCount: 3 }).fit(pipe(texts, parallel(stages)));
console.log(`${fitted.size} stems that occur three times or more; ${counts.skipped} bad rows left out`);

// A pipeline is data: what was saved does the same elsewhere.
const saved = JSON.stringify(toJSON(chain(stages, fitted)));
console.log(await collect(pipe([{ text: 'Markets marketed by marketers' }], fromJSON(saved))));
