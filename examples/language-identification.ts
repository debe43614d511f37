// Which language is it? `node language-identification.js lid.176.ftz` asks a model of fastText's. Without one, a model is trained of stop words alone, in a few seconds: it knows languages by
// their commonest words, which will do for sentences, not for names or titles. `LANGUAGE=FILE …` adds lines of text, or the sentences of CoNLL-U files.
import { basename } from 'node:path';
import { collect, fastTextClassifier, lines, readFastText, stopwordLanguages, stopwordsOf, trainFastTextClassifier } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { randomUint32 } from 'textloom/stream';

const files = process.argv.slice(2);
const isModel = /\.(ftz|bin)$/.test(files[0] ?? '');

// Documents of ten words that are drawn from a language's stop words, and those of the files.
const languages = stopwordLanguages.filter((language) => stopwordsOf(language).size >= 100);
const drawn = languages.flatMap((label, stream) => {
	const words = [...stopwordsOf(label)];
	const word = (_: unknown, i: number) => words[randomUint32(1, stream, i) % words.length]!;
	const all = Array.from({ length: 1500 }, word);
	return Array.from({ length: 150 }, (_, i) => ({ label, tokens: all.slice(10 * i, 10 * i + 10) }));
});
const given = await Promise.all(
	(isModel ? [] : files).map(async (file) => {
		const [label = '', path = ''] = file.split('=');
		const texts = (await collect(lines(path))).map(
			({ text }) => (/\.conllu/.test(basename(path)) ? /^# text = (.*)/.exec(text)?.[1] : text) ?? '',
		);
		return texts.filter(Boolean).map((text) => ({ label, tokens: text.toLowerCase().split(/\s+/) }));
	}),
);

// Character n-grams tell languages apart whose words are not known.
const options = { dim: 16, minn: 1, maxn: 4, bucket: 50_000, epoch: 20, lr: 0.5, loss: 'hs' } as const;
const model = isModel
	? fastTextClassifier(await readFastText(files[0]!))
	: await trainFastTextClassifier([...drawn, ...given.flat()], options);
const news = await collect(agNews.train(null));
const right = news.filter(({ text }) => model.predict(text.toLowerCase())[0]?.label === 'en').length;
console.log(
	`${model.labels.length} languages; ${((100 * right) / news.length).toFixed(1)}% of ${news.length} English news are taken for English`,
);
for (const text of [
	'Das ist nicht so einfach, wie es scheint.',
	'Il ne savait pas que nous étions là.',
	'No sé por qué no vino ayer.',
	'这是一个很长的故事',
]) {
	console.log(text, model.predict(text.toLowerCase(), { k: 2 }));
}
