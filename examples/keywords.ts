// Keywords by TF-IDF: what a text is about, against the other texts of its corpus.
import { clean, collect, keywords, pipe, tfidf, tfidfKeywords, words } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';

const docs = await collect(pipe(agNews.train(), clean({ repair: true }), words()));
const weights = await tfidf({ minDf: 2 }).fit(docs);

const found = keywords(tfidfKeywords(weights, { top: 4, stopwords: 'en' })).apply(docs.slice(0, 3));
for (const { text, keywords } of found) {
	console.log(`${text.slice(0, 60)}…  →  ${keywords.map(({ keyword }) => keyword).join(', ')}`);
}
