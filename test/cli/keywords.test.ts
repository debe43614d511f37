// textloom keywords and textloom summarize: what is printed, for both languages, and figures.
import { createSegmenter } from 'textloom/chinese';
import { textrankKeywords } from 'textloom/keywords';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { cli, objects } from './run.js';

const { folder: cwd, file } = temporary();
const texts = [
	'The old harbour wall fell in the storm. Repairs of the old harbour wall begin on Monday. Anna Berg sells bread.',
	'Slow fermentation gives bread its flavour. Bakers like slow fermentation. The storm is over.',
];
file(
	'texts.jsonl',
	texts.map((text, i) => `${JSON.stringify({ text, keys: [['old harbour walls', 'repairs'], ['slow fermentation']][i] })}\n`).join(''),
);
file('texts.csv', `text,keys\n${texts.map((text) => `"${text}",storm; bread\n`).join('')}`);
file('bad.jsonl', `${JSON.stringify({ text: 'a', keys: 5 })}\n`);

describe.concurrent('keywords', () => {
	it.each(['yake', 'textrank', 'rake', 'summa', 'tfidf'])('prints a line for each text by %s, and the same as JSON', async (method) => {
		const { code, stdout, stderr } = await cli(['keywords', 'texts.jsonl', '--method', method, '--top', '3'], { cwd });
		expect({ code, stderr: stderr.replace(/[\d.]+ s/, 's') }).toEqual({ code: 0, stderr: '2 texts in s\n' });
		const lines = stdout.trimEnd().split('\n');
		expect(lines).toHaveLength(2);
		const rows = objects((await cli(['keywords', 'texts.jsonl', '--method', method, '--top', '3', '--json'], { cwd })).stdout);
		expect(rows.map(({ text }) => text)).toEqual(texts);
		const found = rows.map(({ keywords }) => keywords as { keyword: string; score: number; positions: number[] }[]);
		expect(found.map((row) => row.map(({ keyword }) => keyword).join(', '))).toEqual(lines);
		for (const row of found) for (const { score, positions } of row) expect([typeof score, positions.length > 0]).toEqual(['number', true]);
	});

	it('prints figures against the keywords of people', async () => {
		const { stdout } = await cli(['keywords', 'texts.jsonl', '--evaluate', '--method', 'rake', '--json'], { cwd });
		const rows = objects(stdout);
		expect(rows.map(({ at }) => at)).toEqual([5, 10, 15]);
		expect(rows[2]!.recall).toBeGreaterThan(0);
		const table = await cli(['keywords', 'texts.csv', '--evaluate', '--method', 'yake'], { cwd });
		expect(table.stdout).toMatch(/^first {2}5: precision [\d.]+%, recall [\d.]+%, F1 [\d.]+%\nfirst 10: /);
	});

	it('cuts Chinese texts', async () => {
		const input = '渡轮的汽笛声在海面上响起，船员们检查渡轮。\n政府投资修复码头，并且购买了新的渡轮。\n';
		for (const method of ['textrank', 'rake', 'yake', 'tfidf']) {
			const { code, stdout } = await cli(['keywords', '-', '--method', method], { cwd, input });
			expect(code).toBe(0);
			expect(stdout).toMatch(/渡轮|码头/);
		}
		// TextRank is jieba's, of words by their tags.
		const [text] = input.split('\n');
		const { stdout } = await cli(['keywords', '-', '--method', 'textrank'], { cwd, input: text! });
		const tagged = createSegmenter().tag(text!);
		const source = { tokens: tagged.map(({ token }) => token), tags: tagged.map(({ tag }) => tag) };
		const found = textrankKeywords({ variant: 'jieba', stopwords: 'zh' }).extract(source);
		expect(stdout).toBe(`${found.map(({ keyword }) => keyword).join(', ')}\n`);
	});

	it('takes weights from a file, and reads stdin twice where they are those of the texts', async () => {
		file('idf.txt', 'bread 9.5\nstorm 0.1\nold 0.1\n');
		const { stdout } = await cli(['keywords', 'texts.jsonl', '--method', 'tfidf', '--idf', 'idf.txt', '--top', '1', '--json'], { cwd });
		const [first] = objects(stdout) as { keywords: { keyword: string }[] }[];
		expect(first!.keywords[0]!.keyword).toBe('bread');
		const input = texts.join('\n');
		const piped = await cli(['keywords', '-', '--method', 'tfidf'], { cwd, input });
		expect(piped.stdout).toBe((await cli(['keywords', 'texts.jsonl', '--method', 'tfidf'], { cwd })).stdout);
		file('bad-idf.txt', 'bread\n');
		const bad = await cli(['keywords', 'texts.jsonl', '--method', 'tfidf', '--idf', 'bad-idf.txt'], { cwd });
		expect(bad.stderr).toMatch(/bad-idf\.txt:1: expected a word, a space and a number, got "bread"\. Correct the line\.\n$/);
	});

	it('says what is wrong in one line', async () => {
		const language = await cli(['keywords', 'texts.jsonl', '--language', 'tlh'], { cwd });
		expect(language.stderr).toMatch(/expected language to be one of .*, got 'tlh'\. Take another/);
		const keys = await cli(['keywords', 'bad.jsonl', '--evaluate'], { cwd });
		expect({ code: keys.code, stderr: keys.stderr }).toEqual({
			code: 1,
			stderr: expect.stringMatching(/bad\.jsonl:1: expected keywords in "keys", got 5\. Name the field keys\.\n$/),
		});
	});
});

describe.concurrent('summarize', () => {
	it.each(['textrank', 'lexrank'])('prints the sentences that say most, in their order, by %s', async (method) => {
		const { code, stdout } = await cli(['summarize', 'texts.jsonl', '--method', method, '--sentences', '1'], { cwd });
		expect(code).toBe(0);
		expect(stdout).toMatch(/^[^\n]*harbour wall[^\n]*\n\n[^\n]*[Ss]low fermentation[^\n]*\n$/);
		const rows = objects((await cli(['summarize', 'texts.csv', '--method', method, '--json'], { cwd })).stdout);
		expect(rows.map(({ summary }) => (summary as { position: number }[]).map(({ position }) => position))).toEqual([
			[0, 1, 2],
			[0, 1, 2],
		]);
	});

	it('cuts Chinese texts into sentences and words', async () => {
		const input = '渡轮损坏了码头。政府修复码头和渡轮。今天的面包很好吃。\n';
		const { stdout } = await cli(['summarize', '-', '--sentences', '1'], { cwd, input });
		expect(stdout).toMatch(/^(渡轮损坏了码头|政府修复码头和渡轮)。\n$/);
	});
});
