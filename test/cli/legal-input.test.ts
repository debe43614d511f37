// Input that is odd but legal must work: empty and huge texts, broken UTF-8, names of Object, CRLF, pipes; and every command's JSON.
import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { cli, csvOf, labelled, main, objects, start } from './run.js';

const { folder: cwd, file } = temporary();
const predict = async (input: string | Uint8Array, ...flags: string[]) => {
	const { code, stdout, stderr } = await cli(['predict', 'model', '-', ...flags], { cwd, input });
	return { code, docs: objects(stdout), summary: stderr };
};

beforeAll(async () => {
	file('many.txt', 'rain and soup\n'.repeat(30_000));
	file('good.csv', csvOf(labelled(60)));
	const { code, stdout } = await cli(['train', 'good.csv', '--out', 'model', '--epochs', '2', '--json'], { cwd });
	expect(code).toBe(0);
	expect(objects(stdout).map(({ event }) => event)).toEqual(['source', 'start', 'epoch', 'epoch', 'end']);
	expect(objects(stdout).at(-1)).toMatchObject({ accuracy: expect.any(Number), out: 'model' });
});

it.concurrent('predicts empty, blank and unknown texts, with a warning', async () => {
	const { code, docs, summary } = await predict('rain and wind\n\n \t\nqqq\n');
	expect(code).toBe(0);
	expect(docs.map(({ text, warning }) => [text, warning])).toEqual([
		['rain and wind', undefined],
		['', 'the text is empty'],
		[' \t', 'the text is empty'],
		['qqq', 'the text has no known word'],
	]);
	for (const { label, score } of docs) {
		expect(['food', 'travel', 'weather']).toContain(label);
		expect(score).toBeGreaterThan(0);
		expect(score).toBeLessThanOrEqual(1);
	}
	expect(summary).toMatch(/^4 texts in [\d.]+ s, 3 with a warning\n$/);
});

it.concurrent('cuts a text of 2 MB, warns and counts', async () => {
	const text = 'rain '.repeat(420_000);
	const { code, docs, summary } = await predict(`${text}\nsoup\n`);
	expect(code).toBe(0);
	expect(docs[0]).toMatchObject({ text, warning: 'the text was cut at 400 of 420000 tokens' });
	expect(docs[1]).not.toHaveProperty('warning');
	expect(summary).toMatch(/, 1 with a warning, 1 cut at the model's length\n$/);
	file('long.jsonl', `${JSON.stringify({ text, label: 'weather' })}\n`);
	const { stdout } = await cli(['evaluate', 'model', 'long.jsonl', '--json'], { cwd });
	expect(objects(stdout)).toEqual([expect.objectContaining({ documents: 1, cut: 1 })]);
});

it.concurrent('replaces invalid UTF-8 and counts it', async () => {
	const { code, docs, summary } = await predict(Buffer.from('caf\xe9 rain\n\xff\xfe\nsoup\n', 'latin1'));
	expect(code).toBe(0);
	expect(docs.map(({ text }) => text)).toEqual(['caf\ufffd rain', '\ufffd\ufffd', 'soup']);
	expect(summary).toContain('3 invalid UTF-8 sequences replaced');
	file('broken.csv', Buffer.concat([Buffer.from('text,label\n'), Buffer.from('caf\xe9 rain,weather\nsoup,food\n'.repeat(20), 'latin1')]));
	const { stdout } = await cli(['train', 'broken.csv', '--out', 'broken', '--epochs', '1'], { cwd });
	expect(stdout).toContain('; 20 invalid UTF-8 sequences replaced (files in another encoding: --encoding latin1)\n');
	const { stdout: evaluated } = await cli(['evaluate', 'broken', 'broken.csv', '--json'], { cwd });
	expect(objects(evaluated)[0]).toMatchObject({ documents: 40, replaced: 20 });
});

it.concurrent('reads very many short lines: a block of a file may hold more texts than a call has room for', async () => {
	const { code, summary } = await predict('\n'.repeat(200_000));
	expect(code).toBe(0);
	expect(summary).toMatch(/^200,000 texts in [\d.]+ s, 200,000 with a warning\n$/);
});

it.concurrent('trains on and predicts words and labels that are names of Object', async () => {
	const names = ['constructor', '__proto__', 'toString'];
	const rows = labelled(60).map(({ text, label }, i) => ({
		text: `${names[i % 3]} ${text}`,
		label: names[['weather', 'food', 'travel'].indexOf(label)]!,
	}));
	file('names.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
	const { code, stdout, stderr } = await cli(
		['train', 'names.jsonl', '--out', 'names', '--epochs', '30', '--batch-size', '8', '--rate', '0.01', '--json'],
		{ cwd },
	);
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(objects(stdout).at(-1)).toMatchObject({ event: 'end', accuracy: 1 });
	const { stdout: predicted } = await cli(['predict', 'names', '-', '--probabilities'], {
		cwd,
		input: 'constructor rain\n__proto__ soup\ntoString train\n',
	});
	// As own keys, __proto__ too.
	expect(objects(predicted).map(({ label, probabilities }) => [label, Object.keys(probabilities as object).sort()])).toEqual(
		names.map((name) => [name, [...names].sort()]),
	);
});

it.concurrent('reads CRLF, a byte order mark, quotes, TSV and gzip alike', async () => {
	const rows = labelled(60);
	const csv = csvOf(rows);
	file('crlf.csv', `\ufeff${csv.replaceAll('\n', '\r\n')}`);
	file(
		'quoted.csv',
		rows.reduce((all, { text, label }) => `${all}"${text}","${label}"\n`, '"text","label"\n'),
	);
	file('tabs.tsv', csv.replaceAll(',', '\t'));
	file('packed.csv.gz', gzipSync(csv));
	file('lines.ndjson', rows.map((row) => `${JSON.stringify(row)}\r\n`).join(''));
	const results = await Promise.all(
		['good.csv', 'crlf.csv', 'quoted.csv', 'tabs.tsv', 'packed.csv.gz', 'lines.ndjson'].map((name) =>
			cli(['evaluate', 'model', name, '--json'], { cwd }),
		),
	);
	const [first, ...others] = results.map(({ stdout }) => {
		const [{ accuracy, loss, documents } = {}] = objects(stdout);
		return { accuracy, loss, documents };
	});
	expect(first).toMatchObject({ documents: 60 });
	for (const other of others) expect(other).toEqual(first);
	const { docs } = await predict('rain\r\nsoup\r\n');
	expect(docs.map(({ text }) => text)).toEqual(['rain', 'soup']);
});

it.concurrent('answers a pipe line by line', async () => {
	const lines: string[] = [];
	const texts = ['rain', 'soup', 'ferry'];
	const { child, ended } = start(['predict', 'model', '-'], {
		cwd,
		onLine: (line) => {
			lines.push(line);
			// The next text is written when the last one has its answer.
			if (lines.length < texts.length) child.stdin.write(`${texts[lines.length]}\n`);
			else child.stdin.end();
		},
	});
	child.stdin.write(`${texts[0]}\n`);
	expect(await ended).toMatchObject({ code: 0 });
	expect(lines.map((line) => JSON.parse(line).text)).toEqual(texts);
});

it.each([
	['predict', 'predict model many.txt', 1],
	['train', 'train ag-news --sample --out left --json', 2],
])('ends %s quietly where the reader goes away', (_, command, lines) => {
	const script = `{ "$@"; echo "code $?" >&2; } | head -${lines}`;
	const args = ['-c', script, 'sh', process.execPath, main, ...command.split(' ')];
	const { stdout, stderr } = spawnSync('sh', args, { cwd, encoding: 'utf8' });
	expect(objects(stdout)).toHaveLength(lines);
	expect(stderr).toBe('code 0\n');
});

it.skipIf(process.platform !== 'linux')('says that its output cannot be written (Linux only: /dev/full)', () => {
	const { status, stderr } = spawnSync(process.execPath, [main, 'predict', 'model', 'many.txt'], {
		cwd,
		encoding: 'utf8',
		stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
	});
	expect(stderr).toMatch(/^textloom predict: expected to write to stdout, got: ENOSPC[^\n]*Make room[^\n]*\n$/);
	expect(status).toBe(1);
});

it.concurrent('writes JSON that parses, one object a line', async () => {
	const [evaluated, informed] = await Promise.all([
		cli(['evaluate', 'model', 'good.csv', '--json'], { cwd }),
		cli(['info', '--json', '--data', 'none'], { cwd }),
	]);
	expect(objects(evaluated.stdout)).toEqual([
		expect.objectContaining({
			accuracy: expect.any(Number),
			documents: 60,
			labels: ['food', 'travel', 'weather'],
			confusion: expect.any(Array),
		}),
	]);
	expect(objects(informed.stdout)).toEqual([
		expect.objectContaining({
			node: process.versions.node,
			corpora: expect.arrayContaining([expect.objectContaining({ name: 'imdb', found: false })]),
		}),
	]);
	const { docs } = await predict('rain\n', '--probabilities');
	expect(Object.values(docs[0]!.probabilities as Record<string, number>).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
});

it.concurrent('prints for people: summary of a training, confusion, versions', async () => {
	const trained = await cli(['train', 'good.csv', '--out', join('runs', 'a b'), '--epochs', '1'], { cwd });
	expect(trained.stdout).toMatch(/^Training documents: 9 in 10 of good\.csv\nTraining: word-cnn, [\d,]+ parameters/);
	expect(trained.stdout).toMatch(
		/\nepoch {2}1\/1 {2}loss \d\.\d{4}[\s\S]*On \d+ held-out documents \(1 in 10 of good\.csv\): accuracy [\d.]+%, macro F1 [\d.]+, loss [\d.]+, ECE [\d.]+\n/,
	);
	expect(trained.stdout).toMatch(/Keywords of the first \(TF-IDF\): \w+[\s\S]*Saved in runs\/a b after/);
	const evaluated = await cli(['evaluate', 'model', 'good.csv'], { cwd });
	expect(evaluated.stdout).toMatch(
		/Rows are true labels[\s\S]*Accuracy [\d.]+%, macro F1 [\d.]+, loss [\d.]+, ECE [\d.]+: 60 documents in [\d.]+ s \(good\.csv\)\n$/,
	);
	const informed = await cli(['info'], { cwd });
	expect(informed.stdout).toMatch(/^textloom \d.*ONNX Runtime 1\.[\s\S]*Devices: cpu[\s\S]*imdb .*sample corpus/);
	expect([trained.stderr, evaluated.stderr, informed.stderr]).toEqual(['', '', '']);
});
