// textloom vectors: answers, evaluation, pictures, and what is refused.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trainFastText, writeFastText } from 'textloom/embeddings';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { cli, objects } from './run.js';

const { folder: cwd, file } = temporary();
const golden: {
	words: string[];
	width: number;
	rows: number[];
	sections: { name: string; analogies: string[][] }[];
	pairs: { a: string; b: string; score: number }[];
	ofAnalogies: { score: number }[];
	ofPairs: { spearman: number[] }[];
} = JSON.parse(readFileSync(new URL('../golden/embeddings/evaluation.json', import.meta.url), 'utf8'));
const { words, width, rows } = golden;
file(
	'v.txt',
	`${words.length} ${width}\n${words.map((word, i) => `${word} ${rows.slice(i * width, (i + 1) * width).join(' ')}\n`).join('')}`,
);
file(
	'q.txt',
	golden.sections.map(({ name, analogies }) => `: ${name}\n${analogies.map((four) => `${four.join(' ')}\n`).join('')}`).join(''),
);
file('p.tsv', golden.pairs.map(({ a, b, score }) => `${a}\t${b}\t${score}\n`).join(''));
file('plane.txt', 'king 3 1\nqueen 3 2\nfrog 0 4\ntoad 0.5 4\n');
file('list.txt', 'king\troyal\nqueen\troyal\n\nfrog\tgreen\nnewt\tgreen\n');

const vectors = (...args: string[]) => cli(['vectors', ...args], { cwd });

const reviews = Array.from({ length: 200 }, (_, i) => ({
	text: `The <b>film</b> was ${['good', 'bad'][i % 2]}, and the cast number${i % 3} was fine.`,
}));
file('reviews.jsonl', reviews.map((row) => `${JSON.stringify(row)}\n`).join(''));
file('zh.txt', '我来到北京清华大学，房间很大。\n'.repeat(20));

describe.concurrent('vectors', () => {
	it('trains vectors of texts in words, which it reads again', async () => {
		const args = ['--size', '8', '--epochs', '2', '--threads', '1', '--rare', '0'];
		const { code, stdout, stderr } = await vectors('train', 'reviews.jsonl', '--out', 'reviews.txt', ...args);
		expect([code, stdout]).toEqual([
			0,
			expect.stringMatching(/^reviews\.txt: 11 words, 8 numbers each; [\d,]+ words a second, loss \d\.\d{4}\n$/),
		]);
		expect(stderr).toMatch(/^200 texts in /);
		const { stdout: answer } = await vectors('similar', 'reviews.txt', 'film', '--top', '10', '--json');
		expect(objects(answer).map(({ word }) => word)).toContain('number2');
	});

	it('trains again to the same bits by a seed, with the tree, CBOW, a checkpoint', async () => {
		const args = ['--threads', '1', '--size', '4', '--model', 'cbow', '--tree', '--seed', '9', '--checkpoint', 'run.safetensors'];
		await vectors('train', 'reviews.jsonl', '--out', 'one.vec', ...args);
		// All passes are done: it goes on from the end.
		await vectors('train', 'reviews.jsonl', '--out', 'two.vec', ...args);
		const [one, two] = ['one.vec', 'two.vec'].map((name) => readFileSync(join(cwd, name), 'utf8'));
		expect(two).toBe(one);
	});

	it('trains vectors of n-grams, and answers for words it has not seen', async () => {
		await vectors('train', 'reviews.jsonl', '--out', 'grams.bin', '--subwords', '--size', '4', '--epochs', '1');
		const { code, stdout } = await vectors('similar', 'grams.bin', 'numbers', '--top', '1');
		expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d\.\d{4} {2}\w+\n$/)]);
	});

	it('cuts Chinese texts into words', async () => {
		await vectors('train', 'zh.txt', '--out', 'zh.vec', '--size', '2', '--rare', '0');
		expect(readFileSync(join(cwd, 'zh.vec'), 'utf8')).toMatch(/\n北京 /);
	});

	it('refuses to train without a place for the vectors, or to one that cannot hold them', async () => {
		expect((await vectors('train', 'reviews.jsonl')).stderr).toMatch(/expected --out FILE that ends with \.bin, .* got none\./);
		expect((await vectors('train', 'reviews.jsonl', '--subwords', '--out', 'a.txt')).stderr).toMatch(
			/expected --out FILE\.bin with --subwords/,
		);
		expect((await vectors('train', 'zh.txt', '--out', 'a.txt', '--min-count', '50')).stderr).toMatch(/Lower minCount \(50\) to at most 20/);
	});

	it('gives similar words, against others, and analogies', async () => {
		expect((await vectors('similar', 'plane.txt', 'king', '--top', '2')).stdout).toBe('0.9648  queen\n0.4315  toad\n');
		const { stdout } = await vectors('similar', 'plane.txt', 'queen', '--negative', 'king', '--negative', 'toad', '--json', '--top', '1');
		expect(objects(stdout)).toEqual([{ word: 'frog', similarity: expect.any(Number) }]);
		expect((await vectors('analogy', 'plane.txt', 'king', 'queen', 'toad', '--limit', '4')).stdout).toMatch(/^1\.0000 {2}frog\n$/);
		const piped = await cli(['vectors', 'similar', '-', 'a'], { cwd, input: 'a 1 0\nb 1 1\n' });
		expect(piped.stdout).toBe('0.7071  b\n');
	});

	it('evaluates analogies and pairs', async () => {
		const { code, stdout } = await vectors('evaluate', 'v.txt', '--analogies', 'q.txt', '--pairs', 'p.tsv');
		expect(code).toBe(0);
		expect(stdout).toMatch(/^q\.txt:\n {2}63\.9% {4}39 of 61 {2}1 unknown {2}er\n/);
		expect(stdout).toMatch(/\n {3}none {6}0 of 0 {2}2 unknown {2}unknown\n/);
		expect(stdout).toMatch(
			/\n {2}67\.4% {2}122 of 181 {2}3 unknown {2}total\np\.tsv: Spearman -0\.1119, Pearson -0\.1267 over 57 pairs; 3 with unknown words \(5\.0%\)\n$/,
		);
	});

	it('gives the same as JSON, with other words known', async () => {
		const args = ['--restrict', '60', '--match-case', '--count-unknown', '--json'];
		const { stdout } = await vectors('evaluate', 'v.txt', '--analogies', 'q.txt', '--pairs', 'p.tsv', ...args);
		const [analogies, pairs] = objects(stdout);
		expect(analogies).toMatchObject({ file: 'q.txt', analogies: { total: { questions: 184 } } });
		expect((analogies as { analogies: { total: { accuracy: number } } }).analogies.total.accuracy).toBeCloseTo(
			golden.ofAnalogies[4]!.score,
			9,
		);
		expect((pairs as { pairs: { spearman: { coefficient: number } } }).pairs.spearman.coefficient).toBeCloseTo(
			golden.ofPairs[4]!.spearman[0]!,
			9,
		);
	});

	it('draws the first words, those of a list in the colours of its groups, and words with what is near them', async () => {
		const first = await vectors('plot', 'v.txt', '--out', 'first.svg', '--first', '40');
		expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^first\.svg: 40 words \(divergence \d\.\d{3}\)\n$/) });
		const svg = readFileSync(`${cwd}/first.svg`, 'utf8');
		expect(svg.match(/<circle /g)).toHaveLength(40);
		expect(svg).toContain('>v.txt: 40 words, t-SNE</text>');
		const listed = await vectors(
			'plot',
			'plane.txt',
			'--out',
			'list.html',
			'--words',
			'list.txt',
			'--method',
			'pca',
			'--title',
			'Mine & ours',
		);
		expect(listed.stdout).toMatch(/^list\.html: 3 words \(100\.0% of the variance\), 1 word of list\.txt without a vector\n$/);
		const page = readFileSync(`${cwd}/list.html`, 'utf8');
		expect(page).toContain('<title>Mine &amp; ours</title>');
		expect(page.match(/<g class="legend">/g)).toHaveLength(2);
		const near = await vectors(
			'plot',
			'v.txt',
			'word1',
			'word2',
			'--near',
			'5',
			'--seed',
			'3',
			'--perplexity',
			'3',
			'--out',
			'near.svg',
			'--json',
		);
		expect(objects(near.stdout)).toEqual([
			{ out: 'near.svg', words: expect.any(Number), labels: expect.any(Number), leftOut: 0, unknown: 0 },
		]);
	});

	it('reads models of fastText, which have vectors for words that were never seen', async () => {
		const docs = Array.from({ length: 30 }, (_, i) => ({
			tokens: ['the', i % 2 ? 'ferry' : 'harbour', 'of', i % 3 ? 'morning' : 'evening'],
		}));
		const model = await trainFastText(docs, { vectorSize: 4, minCount: 1, bucket: 50, epochs: 1, workers: 1 });
		await writeFastText(`${cwd}/model.bin`, model.toFastText());
		const { stdout } = await vectors('similar', 'model.bin', 'harbours', '--top', '1', '--json');
		const [{ word, similarity }] = model.vectors.mostSimilar({ positive: 'harbours', top: 1 }) as [{ word: string; similarity: number }];
		expect(objects(stdout)).toEqual([{ word, similarity: expect.closeTo(similarity, 5) }]);
		expect((await vectors('similar', 'model.bin', word, '--limit', '3', '--json')).code).toBe(0);
	});

	it.each([
		[['similar', 'v.txt', 'wrod1'], 1, 'v.txt: expected words that have vectors, got wrod1. Did you mean word1?'],
		[['analogy', 'v.txt', 'word1', 'word2', 'qqqqqq'], 1, 'got qqqqqq. Look for another form of the word.'],
		[['similar', 'v.txt'], 2, 'expected similar v.txt and words, got no words.'],
		[['analogy', 'v.txt', 'word1', 'word2'], 2, 'expected analogy v.txt and three words, A B C, got word1 word2.'],
		[['evaluate', 'v.txt'], 2, 'expected --analogies FILE or --pairs FILE, got neither.'],
		[['evaluate', 'v.txt', 'word1', '--pairs', 'p.tsv'], 2, 'expected evaluate v.txt without words, got word1.'],
		[['evaluate', 'v.txt', '--pairs', 'q.txt'], 1, 'q.txt:2: expected two words and a number, got'],
		[['evaluate', 'v.txt', '--analogies', 'p.tsv'], 1, "p.tsv:1: expected a section such as ': family' before the first analogy"],
		[['evaluate', 'plane.txt', '--pairs', 'p.tsv'], 1, 'expected at least two pairs of words that are known, got 0 of 60.'],
		[['plot', 'v.txt'], 2, 'expected --out FILE.svg or FILE.html, got none.'],
		[['plot', 'v.txt', '--out', 'x.png'], 2, 'expected --out FILE.svg or FILE.html, got x.png.'],
		[['plot', 'v.txt', '--near', '3', '--out', 'x.svg'], 2, 'expected --near with WORD, got none.'],
		[['plot', 'v.txt', 'word1', '--out', 'x.svg'], 1, 'v.txt: expected at least two words that have vectors, got 1. Name others.'],
		[
			['plot', 'v.txt', '--first', '9', '--perplexity', '9', '--out', 'x.svg'],
			1,
			'expected --perplexity from 1 to below the 9 words, got 9.',
		],
		[['similar', 'missing.txt', 'a'], 1, 'missing.txt'],
		// Before anything is read.
		[
			['train', 'missing.txt', '--out', 'nowhere/x.txt'],
			1,
			'expected to write x.txt in folder nowhere, got: no such folder. Create it first.',
		],
		[
			['plot', 'missing.txt', '--out', 'nowhere/x.svg'],
			1,
			'expected to write x.svg in folder nowhere, got: no such folder. Create it first.',
		],
		[
			['smilar', 'v.txt', 'a'],
			2,
			'expected train, similar, analogy, evaluate or plot for train|similar|analogy|evaluate|plot, got "smilar".',
		],
	])('refuses %j', async (args, code, message) => {
		const said = await vectors(...args);
		expect({ code: said.code, stdout: said.stdout }).toEqual({ code, stdout: '' });
		expect(said.stderr).toContain(message);
		expect(said.stderr.trim().split('\n')).toHaveLength(1);
		expect(existsSync(`${cwd}/x.svg`)).toBe(false);
	});
});
