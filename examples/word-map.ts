// A map of words: vectors learned from a corpus, and a picture in which words that are used alike lie together. `node word-map.js [OUT.html]`.
import { writeFile } from 'node:fs/promises';
import { clean, pipe, stopwords, trainWord2Vec, tsne, words } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { htmlPage, scatterPlot } from 'textloom/report';

const texts = pipe(agNews.train(), clean({ repair: true }), words({ punctuation: false }), stopwords());
const { vectors, history } = await trainWord2Vec(texts, { sg: true, vectorSize: 50, minCount: 4, epochs: 40, workers: 1 });
console.log(`${vectors.size} words, loss ${history[0]!.loss.toFixed(3)} → ${history.at(-1)!.loss.toFixed(3)}`);
for (const { word, similarity } of vectors.mostSimilar({ positive: 'oil', top: 3 })) console.log(`oil  ${similarity.toFixed(2)}  ${word}`);

// Of length 1, so that distances are those of cosines.
const shown = vectors.words.slice(0, 150);
const rows = Float32Array.from(shown.flatMap((word) => [...vectors.unit(word)!]));
const { points } = tsne(rows, vectors.width);
const svg = scatterPlot(
	shown.map((label, i) => ({ x: points[2 * i]!, y: points[2 * i + 1]!, label })),
	{ title: 'Words of news' },
);
const [out] = process.argv.slice(2);
if (out !== undefined) await writeFile(out, htmlPage(svg, { title: 'Words of news' }));
console.log(`a picture of ${shown.length} words, ${out === undefined ? 'not kept: name a file for it' : `in ${out}`}`);
