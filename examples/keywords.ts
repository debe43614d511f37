// Keywords by TF-IDF: what a text is about, against the other texts of its corpus.
import { clean, collect, englishStopwords, keywords, pipe, tfidf, words } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';

const docs = await collect(pipe(agNews.train(), clean({ repair: true }), words()));
const weights = await tfidf({ minDf: 2 }).fit(docs);

for (const { text, tokens } of docs.slice(0, 3)) {
	const found = keywords(weights, tokens, { top: 4, stopwords: englishStopwords });
	console.log(`${text.slice(0, 60)}…  →  ${found.map(({ keyword }) => keyword).join(', ')}`);
}
