// textloom vocab: words, n-grams, Zipf's law and what is written.
import { existsSync, readFileSync } from 'node:fs';
import { loadVocabulary } from 'textloom';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { cli, objects } from './run.js';

const { folder: cwd, file } = temporary();
// Counts of 16, 8, 5, 4, …: Zipf's law.
const rows = Array.from({ length: 20 }, (_, rank) => `w${String.fromCharCode(97 + rank)} `.repeat(Math.ceil(16 / (rank + 1))));
file('texts.csv', `text,review\n${rows.map((text, n) => `${text}, of ${n}\n`).join('')}`);
file('notes.txt', 'The ferry <b>left</b> the harbour\nthe ferry sank\n');

describe.concurrent('vocab', () => {
	it('prints words, coverage and counts by rank', async () => {
		const { code, stdout, stderr } = await cli(['vocab', 'texts.csv', '--top', '2', '--zipf'], { cwd });
		expect(code).toBe(0);
		expect(stderr).toMatch(/^20 texts in \d+\.\d s\n$/);
		expect(stdout).toMatch(
			/^20 different words of 65 in 20 texts\n {2}1 {2}16 {2}24\.6% {2}wa\n {2}2 {3}8 {2}12\.3% {2}wb\nThe most frequent words are so much of all:\n {2}10 {3}76\.9%\n {2}20 {2}100\.0%\nZipf: count ≈ /,
		);
		expect(stdout).toMatch(/ {2}rank {2}count {2}line\n {5}1 {5}16 {2}/);
		const picture = stdout.slice(stdout.indexOf('Count by rank (1: words; ·: the line)')).split('\n');
		expect(picture).toHaveLength(1 + 18 + 2 + 1);
		expect(picture[1]).toMatch(/^100 \|/);
		expect(picture.some((line) => /^ 10 \|.*·/.test(line))).toBe(true);
		expect(picture.at(-2)!.trim()).toMatch(/^1 +10 +100$/);
	});

	it('gives the same as JSON, a line for each length', async () => {
		const { stdout } = await cli(['vocab', 'notes.txt', '--json', '--ngrams', '1,2', '--zipf', '--top', '1'], { cwd });
		const [words, pairs] = objects(stdout);
		expect(words).toMatchObject({ ngram: 1, texts: 2, tokens: 8, size: 5, unknown: 0, top: [{ token: 'the', count: 3 }] });
		expect(words!.coverage).toEqual([{ rank: 5, share: 1 }]);
		expect(words!.zipf).toMatchObject({
			ranks: [
				{ rank: 1, count: 3 },
				{ rank: 2, count: 2 },
				{ rank: 5, count: 1 },
			],
		});
		expect(pairs).toMatchObject({ ngram: 2, tokens: 6, size: 5, top: [{ token: 'the ferry', count: 2 }] });
	});

	it('keeps limits, and writes vocabulary and picture', async () => {
		const args = ['vocab', '-', '--min-count', '2', '--size', '3', '--out', 'v.txt', '--zipf', '--svg', 'z.svg'];
		const { code, stdout } = await cli(args, { cwd, input: 'a a a b b c\n' });
		expect({ code, first: stdout.split('\n')[0] }).toEqual({ code: 0, first: '1 different words of 6 in 1 text' });
		expect((await loadVocabulary(`${cwd}/v.txt`)).tokens).toEqual(['<pad>', '<unk>', 'a']);
		// One word makes no line.
		expect(existsSync(`${cwd}/z.svg`)).toBe(true);
		await cli(['vocab', 'texts.csv', '--zipf', '--svg', 'zipf.svg'], { cwd });
		expect(readFileSync(`${cwd}/zipf.svg`, 'utf8')).toMatch(
			/^<svg [\s\S]*<polyline points="64\.0,[\s\S]*words: exponent \d\.\d{3}<\/text>[\s\S]*<\/svg>\n$/,
		);
	});

	it.each([
		[['texts.csv', '--column', 'body'], 1, 'expected a column "body", got "text", "review". Name the column with --column.'],
		[['notes.txt', '--min-count', '9'], 1, 'expected tokens that occur 9 times, got none: the most frequent occurs 3 times.'],
		[['notes.txt', '--ngrams', '0'], 2, 'lengths such as 1,2,3'],
		[['missing.csv'], 1, 'expected a readable file, got nothing at missing.csv.'],
		[[], 2, 'expected FILE…, got nothing.'],
	])('refuses %j', async (args, code, message) => {
		const said = await cli(['vocab', ...args], { cwd });
		expect(said.code).toBe(code);
		expect(said.stderr).toContain(message);
	});
});
