// Which language is it? `node language-identification.js lid.176.ftz` asks a model of fastText's. Without one, a small model is trained in a few seconds: of the stop words of 45 languages,
// and of English news. It will do for sentences, not for names or titles. `LANGUAGE=FILE …` adds lines of text, or the sentences of CoNLL-U files.
import { collect, fastTextClassifier, lines, readFastText, stopwordLanguages, stopwordsOf, trainFastTextClassifier } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { imdb } from 'textloom/corpora/imdb';
import { randomUint32 } from 'textloom/stream';

const files = process.argv.slice(2);
const tokensOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];

// Three words of a language at a time: languages that are written without spaces have words there, too, whose characters are what counts.
const languages = stopwordLanguages.filter((language) => stopwordsOf(language).size >= 100);
const drawn = languages.flatMap((label, stream) => {
	const words = [...stopwordsOf(label)];
	const word = (i: number) => words[randomUint32(1, stream, i) % words.length]!;
	return Array.from({ length: 500 }, (_, i) => ({ label, tokens: [word(3 * i), word(3 * i + 1), word(3 * i + 2)] }));
});
const textsOf = async (path: string) => {
	const all = (await collect(lines(path))).map(({ text }) => text);
	return /\.conllu(\.gz)?$/.test(path) ? all.flatMap((line) => /^# text = (.*)/.exec(line)?.[1] ?? []) : all.filter(Boolean);
};

async function trained() {
	const texts = (await collect(agNews.train(null))).map(({ text }) => ({ label: 'en', text }));
	for (const [label, path] of files.map((file) => file.split('=')))
		for (const text of await textsOf(path!)) texts.push({ label: label!, text });
	const docs = [...drawn, ...texts.map(({ label, text }) => ({ label, tokens: tokensOf(text) }))];
	return trainFastTextClassifier(docs, { dim: 16, minn: 1, maxn: 4, bucket: 50_000, lr: 0.5 });
}

const model = /\.(ftz|bin)$/.test(files[0] ?? '') ? fastTextClassifier(await readFastText(files[0]!)) : await trained();
const reviews = await collect(imdb.train(null));
const right = reviews.filter(({ text }) => model.predict(tokensOf(text))[0]?.label === 'en');
console.log(`${model.labels.length} languages; of ${reviews.length} English reviews ${right.length} are taken for English`);
for (const text of ['Das ist nicht so einfach.', 'Il ne savait pas que nous étions là.', '这是一个很长的故事'])
	console.log(text, model.predict(tokensOf(text), { k: 2 }));
