// The user's own documents in every format, from files, patterns, folders and stdin, into files and stdout.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { hang } from '../limits.js';
import { temporary } from '../temporary.js';
import { cli, csvOf, labelled, objects, start } from './run.js';

const { folder: cwd, file } = temporary();
const rows = labelled(60);
const csv = csvOf(rows);
const run = async (args: readonly string[], input?: string) => {
	const { code, stdout, stderr } = await cli(args, { cwd, ...(input !== undefined && { input }) });
	if (code !== 0) throw new Error(stderr);
	return stdout;
};

beforeAll(async () => {
	file('good.csv', csv);
	file('half.csv', csvOf(rows.slice(0, 30)));
	file('rest.csv', csvOf(rows.slice(30)));
	file('semicolons.csv', csv.replaceAll(',', ';'));
	file('bars.csv', csv.replaceAll(',', '|'));
	file('good.tsv', csv.replaceAll(',', '\t'));
	file('good.jsonl.gz', gzipSync(rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
	file('good.json', JSON.stringify(rows));
	file('places.csv', `file,line,text,label\n${rows.map(({ text, label }, i) => `f${i},${i},${text},${label}\n`).join('')}`);
	for (const [i, { text, label }] of rows.entries()) {
		mkdirSync(join(cwd, 'topics', label), { recursive: true });
		writeFileSync(join(cwd, 'topics', label, `${String(i).padStart(2, '0')}.txt`), text);
	}
	await run(['train', 'good.csv', '--out', 'model', '--epochs', '2', '--json']);
});

it.concurrent('evaluates the same documents of any format alike', async () => {
	const stdin = { csv, jsonl: rows.map((row) => JSON.stringify(row)).join('\n'), json: JSON.stringify(rows) };
	const ways: (readonly [args: string[], input?: string])[] = [
		[['good.csv']],
		[['half.csv', 'rest.csv']],
		[['{half,rest}.csv']],
		[['semicolons.csv']],
		[['bars.csv', '--delimiter', '|']],
		[['good.tsv']],
		[['good.jsonl.gz']],
		[['good.json']],
		[['places.csv']],
		[['topics']],
		[['-', '--format', 'csv'], stdin.csv],
		[['-', '--format', 'jsonl'], stdin.jsonl],
		[['-', '--format', 'json'], stdin.json],
	];
	const figures = new Set<string>();
	for (const [args, input] of ways) {
		const [{ documents, accuracy, confusion } = {}] = objects(await run(['evaluate', 'model', ...args, '--json'], input));
		figures.add(JSON.stringify({ documents, accuracy, confusion }));
	}
	expect([...figures]).toEqual([expect.stringContaining('"documents":60')]);
});

it.concurrent('trains on several files, on a folder and on stdin', async () => {
	const ways: (readonly [args: string[], input: string | undefined, origin: string])[] = [
		[['half.csv', 'rest.csv'], undefined, '9 in 10 of half.csv and 1 more'],
		[['topics'], undefined, '9 in 10 of topics'],
		[['-', '--format', 'csv'], csv, '9 in 10 of stdin'],
	];
	for (const [args, input, origin] of ways) {
		const [source, start] = objects(await run(['train', ...args, '--epochs', '1', '--json'], input));
		expect([source!.origin, Number(start!.documents) + Number(start!.validation)]).toEqual([origin, expect.any(Number)]);
	}
	expect(readdirSync(join(cwd, 'runs')).sort()).toEqual(['half', 'stdin', 'topics']);
	const model = (name: string) => readFileSync(join(cwd, name, 'onnx/model.onnx'), 'latin1');
	// Two files are one after the other: the rows of the whole file.
	expect(model('runs/half')).toBe(model('runs/stdin'));
});

it.concurrent('predicts the text column and hands on the other fields', async () => {
	file('mails.csv', 'id,body,label,score\n7,rain and wind,spam,0.5\n');
	const [doc] = objects(await run(['predict', 'model', 'mails.csv', '--column', 'body']));
	expect(Object.keys(doc!)).toEqual(['body', 'label', 'score', 'id', 'input_label', 'input_score']);
	expect(doc).toMatchObject({ body: 'rain and wind', id: '7', input_label: 'spam', input_score: '0.5' });
	const [json] = objects(await run(['predict', 'model', '-', '--format', 'jsonl'], '{"text":"soup","tags":["a"],"n":1}\n'));
	expect(json).toMatchObject({ text: 'soup', tags: ['a'], n: 1 });
	const [first] = objects(await run(['predict', 'model', 'topics']));
	expect(first).toMatchObject({ text: rows[1]!.text, file: 'topics/food/01.txt', input_label: 'food' });
});

it.concurrent('joins the columns that are asked for to predictions, in the order of the rows', async () => {
	file('kept.csv', 'id,text,note,day\n7,rain and wind,a,mon\n8,soup,b,tue\n');
	const docs = objects(await run(['predict', 'model', 'kept.csv', '--keep', 'day', '--keep', 'id']));
	expect(docs.map(({ label: _, score: __, ...doc }) => doc)).toEqual([
		{ text: 'rain and wind', day: 'mon', id: '7' },
		{ text: 'soup', day: 'tue', id: '8' },
	]);
	const [json] = objects(await run(['predict', 'model', '-', '--format', 'jsonl', '--keep', 'n'], '{"text":"soup","m":2,"n":1}\n'));
	expect(Object.keys(json!)).toEqual(['text', 'label', 'score', 'n']);
});

it.concurrent('says the most probable labels, as JSON Lines, CSV and TSV', async () => {
	const asked = ['predict', 'model', '-', '--top', '2', '--probabilities'];
	const [doc] = objects(await run(asked, 'rain and wind\n')) as [Record<string, unknown> & { probabilities: Record<string, number> }];
	const ranked = Object.entries(doc.probabilities).sort(([, a], [, b]) => b - a);
	expect(doc.top).toEqual(ranked.slice(0, 2).map(([label, score]) => ({ label, score })));
	const table = async (format: string) => (await run([...asked, '--as', format], 'rain and wind\nsoup\n')).split('\n');
	const [header, row, other, end] = await table('csv');
	expect(header).toBe('text,label,score,label 2,score 2,probability food,probability travel,probability weather,warning');
	expect(row).toMatch(new RegExp(`^rain and wind,${doc.label},0\\.\\d+,${ranked[1]![0]},0\\.\\d+,`));
	expect([doc.label, other!.startsWith('soup,'), end]).toEqual([ranked[0]![0], true, '']);
	expect((await table('tsv'))[0]).toBe(header!.replaceAll(',', '\t'));
	// More than there are: all.
	expect((objects(await run(['predict', 'model', '-', '--top', '9'], 'soup\n'))[0]!.top as unknown[]).length).toBe(3);
});

it.concurrent('writes predictions by the end of the name', async () => {
	const stdout = await run(['predict', 'model', 'good.csv']);
	expect(await run(['predict', 'model', 'good.csv', '--out', 'p.jsonl.gz'])).toBe('');
	expect(String(gunzipSync(readFileSync(join(cwd, 'p.jsonl.gz'))))).toBe(stdout);
	await run(['predict', 'model', 'good.csv', '--out', 'p.json']);
	expect(JSON.parse(readFileSync(join(cwd, 'p.json'), 'utf8'))).toEqual(objects(stdout));
	await run(['predict', 'model', 'good.csv', '--out', 'p.csv', '--probabilities']);
	const [header, ...lines] = readFileSync(join(cwd, 'p.csv'), 'utf8').trimEnd().split('\n');
	expect(header).toBe('text,label,score,probability food,probability travel,probability weather,warning,input_label');
	expect(lines).toHaveLength(60);
	// What is predicted can be predicted again.
	expect(objects(await run(['predict', 'model', 'p.csv'])).map(({ label }) => label)).toEqual(objects(stdout).map(({ label }) => label));
});

it.concurrent('writes no file that is not whole: Ctrl-C ends a prediction that waits for stdin', async () => {
	mkdirSync(join(cwd, 'stopped'));
	const { child, ended } = start(['predict', 'model', '-', '--out', 'stopped/p.csv'], { cwd, onLine: () => {} });
	child.stdin.write('rain\n');
	await expect.poll(() => readdirSync(join(cwd, 'stopped')), { timeout: hang }).not.toEqual([]);
	child.kill('SIGINT');
	expect(await ended).toMatchObject({ code: 130, stderr: expect.stringContaining('stopping: nothing is written') });
	expect(readdirSync(join(cwd, 'stopped'))).toEqual([]);
});

it.concurrent('writes reports into files, whole', async () => {
	expect(await run(['evaluate', 'model', 'good.csv', '--json', '--out', 'report.json'])).toBe('');
	expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toMatchObject({ documents: 60 });
	expect(await run(['info', '--out', 'info.txt'])).toBe('');
	expect(readFileSync(join(cwd, 'info.txt'), 'utf8')).toMatch(/^textloom /);
});

it.concurrent.each([
	[
		'a column that a later file does not have',
		['evaluate', 'model', 'good.csv', 'other.csv'],
		/other\.csv:1: expected a column "label", got "text", "stars"/,
	],
	[
		'a column twice',
		['predict', 'model', 'twice.csv'],
		/twice\.csv:1: expected different columns, got two of the name "id"\. Rename one\./,
	],
	[
		'a field without text',
		['predict', 'model', 'bad.jsonl'],
		/bad\.jsonl:2: expected a text or number in "text", got the fields body\. Name the field with --column\./,
	],
	[
		'a column to keep that is not there',
		['predict', 'model', 'good.csv', '--keep', 'id'],
		/good\.csv:1: expected a column "id", got "text", "label"\. Name the column with --keep\./,
	],
	[
		'a field to keep that a row has not',
		['predict', 'model', 'some.jsonl', '--keep', 'id'],
		/some\.jsonl:2: expected the field "id", got the fields text\. Name another with --keep, or leave it out\./,
	],
	[
		'a pattern that nothing matches',
		['evaluate', 'model', 'no*.csv'],
		/expected files that match no\*\.csv, got none\. Check the pattern\./,
	],
	[
		'a label that the model has not',
		['evaluate', 'model', 'odd'],
		/odd\/sport\/a\.txt: expected a label of food, travel, weather, got "sport"/,
	],
	['a folder to write into that is not there', ['predict', 'model', 'good.csv', '--out', 'none/p.csv'], /expected .*none.*, got/],
])('names %s', async (_, args, message) => {
	file('other.csv', 'text,stars\na,b\n');
	file('twice.csv', 'id,id,text\n1,2,a\n');
	file('some.jsonl', '{"text":"a","id":1}\n{"text":"b"}\n');
	file('bad.jsonl', '{"text":"a"}\n{"body":"b"}\n');
	mkdirSync(join(cwd, 'odd/sport'), { recursive: true });
	writeFileSync(join(cwd, 'odd/sport/a.txt'), 'a');
	const { code, stderr } = await cli(args, { cwd });
	expect(stderr).toMatch(message);
	expect([code, stderr.trimEnd().split('\n').length]).toEqual([1, 1]);
});
