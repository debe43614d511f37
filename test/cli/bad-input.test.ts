// Bad input on the command line: one line that says what to do, the right exit code, nothing on stdout, nothing harmed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { constant, emit, input, ops, tensor, writeOnnx, writeOnnxFile } from 'textloom/graph';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { cli, csvOf, labelled, main } from './run.js';

const { folder: cwd, file } = temporary();
const epoch = ['--epochs', '1', '--json'];
const good = () => file('good.csv', csvOf(labelled(60)));

beforeAll(async () => {
	good();
	const numbers = constant(tensor('float32', [64], new Array(64).fill(1)));
	await writeOnnxFile(join(cwd, 'outside.onnx'), emit({ inputs: { x }, outputs: { y: ops.add(x, numbers) } }), { externalData: 64 });
	expect(await cli(['train', 'good.csv', '--out', 'model', ...epoch], { cwd })).toMatchObject({ code: 0, stderr: '' });
});

let copies = 0;
/** A copy of the trained model, changed. */
function model(change: (path: (name: string) => string) => void): string {
	const copy = `model-${copies++}`;
	cpSync(join(cwd, 'model'), join(cwd, copy), { recursive: true });
	change((name) => join(cwd, copy, name));
	return copy;
}
const edit = (path: string, change: (text: string) => string) => writeFileSync(path, change(readFileSync(path, 'utf8')));
const half = (path: string) => truncateSync(path, statSync(path).size >> 1);
/** Changes a file and its checksum with it. */
const editSummed = (path: (name: string) => string, name: string, change: (data: Buffer) => string | Uint8Array) => {
	const data = Buffer.from(change(readFileSync(path(name))));
	writeFileSync(path(name), data);
	edit(path('config.json'), (text) => {
		const config = JSON.parse(text);
		config.files[name] = { size: data.length, sha256: createHash('sha256').update(data).digest('hex') };
		return JSON.stringify(config);
	});
};
const editPipeline = (path: (name: string) => string, change: (text: string) => string) =>
	editSummed(path, 'pipeline.json', (data) => change(String(data)));
const deep = '['.repeat(300_000);
const x = input('x', 'float32', [1]);
const otherModel = () => writeOnnx(emit({ inputs: { x }, outputs: { y: ops.neg(x) } }));
/** Every file below a folder with its content. */
const contents = (folder: string) =>
	readdirSync(join(cwd, folder), { recursive: true, encoding: 'utf8' }).map((name) => {
		const path = join(cwd, folder, name);
		return [name, statSync(path).isFile() ? readFileSync(path, 'latin1') : 'folder'];
	});

type Row = readonly [what: string, code: 1 | 2, stderr: RegExp, args: () => string[]];

/** Trains on a file of this content. */
const training = (name: string, content: string | Uint8Array, ...more: string[]) => {
	file(name, content);
	return ['train', name, ...more];
};
const rows = csvOf(labelled(60));

const usage: Row[] = [
	[
		'an unknown command',
		2,
		/^textloom: expected a command \(train, .*\), got "trian"\. Did you mean train\? See: npx textloom --help$/,
		() => ['trian'],
	],
	['a command of Object', 2, /expected a command .*, got "constructor"/, () => ['constructor']],
	['no argument', 2, /^textloom train: expected PIPELINE\|FILE…, got nothing\. See: npx textloom train --help$/, () => ['train']],
	['too many arguments', 2, /expected no arguments, got a b\./, () => ['info', 'a', 'b']],
	['too few arguments', 2, /expected RUN \[RUN\|FILE…\], got nothing\./, () => ['predict']],
	['nothing to predict', 2, /expected a FILE or --text TEXT, got neither\./, () => ['predict', 'model']],
	[
		'an unknown flag',
		2,
		/expected a flag that the command has, got --epoch\. Did you mean --epochs\? See:/,
		() => ['train', 'good.csv', '--epoch', '3'],
	],
	['a short flag', 2, /expected a flag that the command has, got -e\. See:/, () => ['train', 'good.csv', '-e', '3']],
	['a flag without its value', 2, /expected --out DIR, got no DIR\. See:/, () => ['train', 'good.csv', '--out']],
	[
		'a value that looks like a flag',
		2,
		/expected --out DIR, got --json\. Write --out=--json if it is the value\. See:/,
		() => ['train', 'good.csv', '--out', '--json'],
	],
	['a value for a flag that takes none', 2, /expected --json without a value, got "yes"\. See:/, () => ['train', 'good.csv', '--json=yes']],
	['a flag twice', 2, /expected --epochs once, got it twice\. See:/, () => ['train', 'good.csv', '--epochs', '1', '--epochs', '2']],
	['no whole number', 2, /expected a whole number from 1 for --epochs, got "two"\./, () => ['train', 'good.csv', '--epochs', 'two']],
	['a number too small', 2, /expected a whole number from 1 for --threads, got "0"/, () => ['train', 'good.csv', '--threads', '0']],
	['a rate that is none', 2, /expected a number above 0 for --rate, got "Infinity"/, () => ['train', 'good.csv', '--rate', 'Infinity']],
	['an unknown choice', 2, /expected host or graph for --tables, got "gpu"/, () => ['train', 'good.csv', '--tables', 'gpu']],
	['flags that exclude', 2, /expected --resume or --overwrite, got both/, () => ['train', 'good.csv', '--resume', '--overwrite']],
	['two sources', 2, /expected --sample or --data, got both/, () => ['evaluate', 'model', '--sample', '--data', '.']],
	['columns of a pipeline', 2, /expected --text with files with columns, got the pipeline imdb/, () => ['train', 'imdb', '--text', 'a']],
	['an unknown recipe', 2, /expected 20newsgroups, .* or ud-english for --recipe, got "x"/, () => ['train', 'good.csv', '--recipe', 'x']],
	['an unknown format', 2, /expected a path that ends in .csv, .*, got notes\. Name one with --format\./, () => training('notes', 'a')],
	['lines without labels', 2, /expected files with labels, got lines of text \(notes\.txt\)\. Give CSV/, () => training('notes.txt', 'a')],
	[
		'files of two formats',
		2,
		/expected files of one format, got csv \(good\.csv\) and lines \(notes\.txt\)\. Name one with --format\./,
		() => ['train', 'good.csv', 'notes.txt'],
	],
	['stdin of no format', 2, /expected a path that ends in .*, got -\. Name one with --format\./, () => ['train', '-']],
	[
		'an output of no format',
		2,
		/expected --out to end in .jsonl, .*, got x\.txt\./,
		() => ['predict', 'model', 'good.csv', '--out', 'x.txt'],
	],
];

const data: Row[] = [
	[
		'a missing file',
		1,
		/expected a pipeline \(20newsgroups, .*, ud-english\) or a file, got "none.csv", which is neither/,
		() => ['train', 'none.csv'],
	],
	['an unknown pipeline', 1, /got "ag-nws", which is neither\. Did you mean ag-news\?$/, () => ['train', 'ag-nws']],
	['a pipeline that is a path', 1, /got "\.\.\/\.\.\/x", which is neither/, () => ['train', '../../x']],
	['a pipeline of Object', 1, /got "__proto__", which is neither/, () => ['train', '__proto__']],
	[
		'a data folder that is not there',
		1,
		/expected one of .* in none, got none\. Get it by `npx textloom corpora get imdb --data none`, or name no folder/,
		() => ['train', 'imdb', '--data', 'none'],
	],
	[
		'a folder as file',
		1,
		/expected text files in folders of dir\.csv, got none\. Check the path/,
		() => {
			mkdirSync(join(cwd, 'dir.csv'));
			return ['train', 'dir.csv'];
		},
	],
	['a field too many', 1, /^textloom train: a\.csv:62: expected 2 fields, got 3\. Check/, () => training('a.csv', `${rows}x,food,y\n`)],
	['a field too few', 1, /b\.csv:62: expected 2 fields, got 1\./, () => training('b.csv', `${rows}x\n`)],
	['an open quote', 1, /c\.csv:62: .*quote/, () => training('c.csv', `${rows}"x,food\n`)],
	['a missing column', 1, /good\.csv:1: expected a column "body", got "text", "label"/, () => ['train', 'good.csv', '--text', 'body']],
	['a column of Object', 1, /expected a column "constructor"/, () => ['train', 'good.csv', '--label', 'constructor']],
	['a column twice', 1, /d\.csv:1: expected a column "label", got two of that name/, () => training('d.csv', 'text,label,label\na,b,c\n')],
	['an empty label', 1, /e\.csv:62: expected a label in "label", got an empty one\. Fill/, () => training('e.csv', `${rows}x, \n`)],
	['JSON without a label', 1, /f\.jsonl:1: expected a text or number in "label"/, () => training('f.jsonl', '{"text":"a"}\n')],
	['JSON with a label null', 1, /g\.jsonl:1: .*got null/, () => training('g.jsonl', '{"text":"a","label":null}\n')],
	['no JSON', 1, /h\.jsonl:2: expected a JSON object/, () => training('h.jsonl', '{"text":"a","label":"b"}\n{"text":"a\n')],
	[
		'one class only',
		1,
		/at least 2 classes, got \d+ of the class 'one' only/,
		() => training('i.csv', rows.replace(/,\w+$/gm, ',one').replace('text,one', 'text,label')),
	],
	['an empty file', 1, /expected rows to test the model on, got none \(1 in 10 of j\.csv\)\. Add rows/, () => training('j.csv', '')],
	[
		'an empty JSON file',
		1,
		/expected rows to test the model on, got none \(1 in 10 of k\.jsonl\)\. Add rows/,
		() => training('k.jsonl', ''),
	],
	['a header only', 1, /expected rows to test the model on, got none/, () => training('l.csv', 'text,label\n')],
	['two rows', 1, /expected rows to test the model on, got none/, () => training('m.csv', 'text,label\na,x\nb,y\n')],
	['no words at all', 1, /vocabulary: expected documents with tokens/, () => training('n.csv', rows.replace(/^[^,]+,(?!label)/gm, ' ,'))],
	['a gzip file cut off', 1, /o\.csv\.gz: expected a whole gzip file/, () => training('o.csv.gz', gzipSync(rows).subarray(0, 100))],
	['a long message', 1, /^.{300,1100}$/, () => training('p.csv', `${'column,'.repeat(5000)}\n`)],
];

const output: Row[] = [
	[
		'a folder that is not empty',
		1,
		/expected a new folder, got \S*model, which is not empty\. Choose another, go on \(existing: .resume., --resume\), or/,
		() => ['train', 'good.csv', '--out', 'model'],
	],
	[
		'a file as folder',
		1,
		/expected a folder to write to, got \S*good\.csv \(ENOTDIR.*Choose another/,
		() => ['train', 'good.csv', '--out', 'good.csv'],
	],
	['a folder in a file', 1, /expected a folder to write to, got \S*good\.csv\/a/, () => ['train', 'good.csv', '--out', 'good.csv/a']],
	[
		'a folder that cannot be made',
		1,
		/expected a folder to write to, got \/proc\/none/,
		() => ['train', 'good.csv', '--out', '/proc/none'],
	],
];

const checkpoint = 'checkpoint/last.safetensors';
const resumed = (out: string, ...more: string[]) => ['train', 'good.csv', '--out', out, '--resume', ...epoch, ...more];
const resume: Row[] = [
	...[['checkpoint'], ['checkpoint', '--overwrite'], ['onnx']].map(
		([name, ...how]): Row => [
			`a file for the folder ${name} ${how.join(' ')}`,
			1,
			new RegExp(`^textloom train: expected a folder ${name} in \\S*model-\\d+, got a file of that name\\. Move it away`),
			() => {
				const out = model((path) => {
					rmSync(path(name!), { recursive: true });
					writeFileSync(path(name!), '');
				});
				return ['train', 'good.csv', '--out', out, ...(how.length > 0 ? how : ['--resume']), ...epoch];
			},
		],
	),
	[
		'a checkpoint cut off',
		1,
		/expected a whole checkpoint, got a damaged one at \S*model-\d+\/checkpoint\/.*--overwrite/,
		() => resumed(model((path) => half(path(checkpoint)))),
	],
	['an empty checkpoint', 1, /got a damaged one at/, () => resumed(model((path) => truncateSync(path(checkpoint), 0)))],
	[
		'a checkpoint with one bit changed',
		1,
		/got a damaged one at .*its checksum is wrong/,
		() =>
			resumed(
				model((path) => {
					const data = readFileSync(path(checkpoint));
					data[data.length - 2]! ^= 1;
					writeFileSync(path(checkpoint), data);
				}),
			),
	],
	[
		'a checkpoint that is a folder',
		1,
		/got a damaged one at/,
		() =>
			resumed(
				model((path) => {
					rmSync(path(checkpoint));
					mkdirSync(path(checkpoint));
				}),
			),
	],
	[
		'other data',
		1,
		/expected the checkpoint in \S*model to be of this model, data and options, got one of another model, or of other data/,
		() => [...training('other.csv', csvOf(labelled(57))), ...resumed('model').slice(2)],
	],
	[
		'another option',
		1,
		/expected the checkpoint in \S*model to be of this model, data and options/,
		() => resumed('model', '--batch-size', '7'),
	],
	['another table', 1, /expected the checkpoint in \S*model to be of this model/, () => resumed('model', '--seed', '4')],
];

const predicting = (change: (path: (name: string) => string) => void) => ['predict', model(change), 'good.csv'];
const names = ['config.json', 'pipeline.json', 'vocabulary.json', 'onnx/model.onnx'];
const configured = (what: string, expected: RegExp, change: (config: Record<string, unknown>) => void): Row => [
	what,
	1,
	new RegExp(`config\\.json is damaged: expected ${expected.source}.*Copy the folder again`),
	() =>
		predicting((path) =>
			edit(path('config.json'), (text) => {
				const config = JSON.parse(text);
				change(config);
				return JSON.stringify(config);
			}),
		),
];
const folders: Row[] = [
	[
		'a folder that is not there',
		1,
		/expected a model folder with config\.json, found none in none\. Check the path, or train/,
		() => ['predict', 'none', '-'],
	],
	['a file as folder', 1, /found none in good\.csv/, () => ['evaluate', 'good.csv', 'good.csv']],
	...names.map(
		(name): Row => [
			`no ${name}`,
			1,
			/(expected a model folder with|got a run that was stopped)/,
			() => predicting((path) => rmSync(path(name))),
		],
	),
	...names.map((name): Row => [`${name} cut off`, 1, new RegExp(`${name} is damaged: `), () => predicting((path) => half(path(name)))]),
	...names.map(
		(name): Row => [`${name} empty`, 1, new RegExp(`${name} is damaged: `), () => predicting((path) => truncateSync(path(name), 0))],
	),
	[
		'a vocabulary edited',
		1,
		/vocabulary\.json is damaged: expected \d+ bytes of checksum/,
		() => predicting((path) => edit(path('vocabulary.json'), (text) => text.replace('bread', 'dread'))),
	],
	[
		'config.json as null',
		1,
		/config\.json is damaged: expected "format" to be 2/,
		() => predicting((path) => edit(path('config.json'), () => 'null')),
	],
	configured('a format that is none', /"format" to be 2, which this textloom reads, got "3"/, (config) => {
		config.format = '3';
	}),
	...(
		[
			[3, 'a later textloom\\. Update textloom'],
			[1, 'an earlier textloom\\. Load it with the textloom that wrote it'],
		] as const
	).map(
		([format, next]): Row => [
			`a folder of format ${format}`,
			1,
			new RegExp(
				`^textloom predict: load: expected a model folder of format 2, got model-\\d+ of format ${format}, by ${next}, or train again\\.$`,
			),
			() => predicting((path) => edit(path('config.json'), (text) => JSON.stringify({ ...JSON.parse(text), format }))),
		],
	),
	configured('no labels', /.*which follows from what it learned/, (config) => {
		delete config.id2label;
	}),
	configured('labels out of order', /.*which follows from what it learned/, (config) => {
		config.id2label = { 1: 'a', 2: 'b', 3: 'c' };
	}),
	configured('a length that is none', /"max_length" to be a whole number from 1 to 2147483647, got "9"/, (config) => {
		config.max_length = '9';
	}),
	configured('a shortest length that asks for gigabytes', /"min_length" to be a whole number from 1 to 65536, got 20000000/, (config) => {
		config.min_length = 2e7;
	}),
	configured('a shortest length beyond all arrays', /"min_length" to be a whole number from 1 to 65536, got 4294967296/, (config) => {
		config.min_length = 2 ** 32;
	}),
	configured('a longest length beyond int32', /"max_length" to be a whole number from 1 to 2147483647, got 2147483648/, (config) => {
		config.max_length = 2 ** 31;
	}),
	configured('a shortest length above the longest', /"min_length" to be at most "max_length", 4, got 5/, (config) => {
		config.max_length = 4;
		config.min_length = 5;
	}),
	...['config.json', 'pipeline.json', 'vocabulary.json'].map(
		(name): Row => [
			`${name} of 300,000 brackets`,
			1,
			new RegExp(`${name.replace('.', '\\.')} is damaged: brackets nest deeper than 500\\. Copy the folder again`),
			() => predicting((path) => (name === 'config.json' ? edit(path(name), () => deep) : editSummed(path, name, () => deep))),
		],
	),
	[
		'a model damaged, with its checksum',
		1,
		/onnx\/model\.onnx is damaged: session: expected ONNX Runtime to open a model of \d+ bytes, got: .*\. Copy the folder again, or train again\.$/,
		() => predicting((path) => editSummed(path, 'onnx/model.onnx', (data) => data.subarray(0, data.length >> 1))),
	],
	[
		'another model, with its checksum',
		1,
		/onnx\/model\.onnx is damaged: session: expected a model from ids, lengths to logits, got one from x to y/,
		() => predicting((path) => editSummed(path, 'onnx/model.onnx', () => otherModel())),
	],
	[
		'a model with numbers in a file of the working directory',
		1,
		/onnx\/model\.onnx is damaged: session: expected a model with its numbers in it, got one with numbers in the file "outside\.onnx_data"/,
		() => predicting((path) => editSummed(path, 'onnx/model.onnx', () => readFileSync(join(cwd, 'outside.onnx')))),
	],
	configured('no checksums', /"files" to be an object/, (config) => {
		config.files = ['onnx/model.onnx'];
	}),
	[
		'a label too many',
		1,
		/"id2label".*which follows from what it learned/,
		() => predicting((path) => edit(path('config.json'), (text) => text.replace('"2":', '"2": "more", "3":'))),
	],
	[
		'an unknown stage',
		1,
		/expected a stage of textloom, got "__proto__"\. Was it saved by a newer textloom/,
		() => predicting((path) => editPipeline(path, (text) => text.replace('"words"', '"__proto__"'))),
	],
	[
		'a stage with a path',
		1,
		/pipeline\.json is damaged: expected the name of a file beside it/,
		() => predicting((path) => editPipeline(path, (text) => text.replace('"vocabulary.json"', '"../good.csv"'))),
	],
	[
		'a pipeline without stages',
		1,
		/pipeline\.json is damaged: expected "stages"/,
		() => predicting((path) => editPipeline(path, () => '{}')),
	],
	['a file to predict that is not there', 1, /expected a readable file, got nothing at none/, () => ['predict', 'model', 'none']],
	[
		'an unknown label',
		1,
		/q\.csv:3: expected a label of food, travel, weather, got "sport"\. Correct it/,
		() => {
			file('q.csv', 'text,label\na,food\nb,sport\n');
			return ['evaluate', 'model', 'q.csv'];
		},
	],
	[
		'nothing to evaluate',
		1,
		/^textloom evaluate: expected documents with answers, got none/,
		() => {
			file('r.csv', 'text,label\n');
			return ['evaluate', 'model', 'r.csv'];
		},
	],
	[
		'no file to evaluate',
		2,
		/expected a FILE to evaluate on, got none, and the run's corpus "good.csv" is not one of ag-news, /,
		() => ['evaluate', model((path) => rmSync(path('settings.json')))],
	],
	...['../../x', '__proto__', 'ag-news/../../x'].map(
		(name): Row => [
			`the corpus ${name}`,
			2,
			/expected a FILE to evaluate on/,
			() => [
				'evaluate',
				model((path) => {
					rmSync(path('settings.json'));
					edit(path('config.json'), (text) => text.replace('"name": "good.csv"', `"name": "${name}"`));
				}),
			],
		],
	),
];

describe.each([
	['usage', usage],
	['data', data],
	['output folder', output],
	['resume', resume],
	['model folder', folders],
])('%s', (_, rows) => {
	it.concurrent.each(rows)('%s', async (_what, code, stderr, args) => {
		const { stdout, stderr: message, ...end } = await cli(args(), { cwd });
		expect(message).toMatch(/^textloom[^\n]*\n$/);
		expect(message.trimEnd()).toMatch(stderr);
		expect({ ...end, stdout }).toEqual({ code, signal: null, stdout: '' });
	});
});

it.skipIf(process.platform !== 'linux')('ends where a data folder cannot be made (Linux only: /proc)', async () => {
	const { code, stderr } = await cli(['corpora', 'get', 'time-machine', '--data', '/proc/none']);
	expect([code, stderr]).toEqual([1, expect.stringMatching(/expected to write into \/proc\/none, got: ENOENT[^\n]*\n$/)]);
});

it('shows the commands on stderr where none is given', async () => {
	const { code, stdout, stderr } = await cli([]);
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toMatch(/\n {2}train {2,}train a model[\s\S]*Exit codes/);
});

it('shows where an error happened with TEXTLOOM_DEBUG', async () => {
	const { code, stderr } = await cli(['train', 'none.csv'], { cwd, env: { TEXTLOOM_DEBUG: '1' } });
	expect([code, stderr]).toEqual([1, expect.stringMatching(/^Error: expected a pipeline .*\n +at pipelineOf /)]);
});

it('changes nothing in a folder that it refuses', async () => {
	const before = contents('model');
	await cli(['train', 'good.csv', '--out', 'model'], { cwd });
	await cli(resumed('model', '--batch-size', '7'), { cwd });
	expect(contents('model')).toEqual(before);
});

it('takes the folder of a run that failed before there was anything to keep', async () => {
	file('late.csv', `${rows}x,y,z\n`);
	expect((await cli(['train', 'late.csv', '--out', 'late', ...epoch], { cwd })).code).toBe(1);
	file('late.csv', rows);
	expect((await cli(['train', 'late.csv', '--out', 'late', ...epoch], { cwd })).code).toBe(0);
});

it('trains on the sample where TEXTLOOM_DATA has nothing, and says so', async () => {
	const { code, stdout } = await cli(['train', 'imdb', '--out', 'sample', '--epochs', '1', '--max-length', '20'], {
		cwd,
		env: { TEXTLOOM_DATA: '/none' },
	});
	expect(code).toBe(0);
	expect(stdout).toMatch(/^Training documents: 160 rows of the sample corpus, .*give --data DIR \(TEXTLOOM_DATA is \/none\)\n/);
});

it('stops where the loss is no number', async () => {
	const { code, stderr } = await cli(['train', 'good.csv', '--out', 'steep', '--rate', '1e30', ...epoch], { cwd });
	expect(stderr).toMatch(
		/^textloom train: fit: expected (a finite (validation )?loss, got (NaN|Infinity) at step \d+ \(epoch 1[^)]*\)(; before it [^\n]+)?\. Lower the rate|step \d+ to run, got: [^\n]* If the loss has grown, lower the rate)[^\n]*\n$/,
	);
	expect(code).toBe(1);
});

/** A file system of our own (Linux, where unprivileged name spaces are allowed). */
const mounts = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', cwd]).status === 0;
const skipped = mounts ? '' : ' (skipped: no file system may be mounted here)';
it.skipIf(!mounts)(
	`keeps the last checkpoint on a full disk, goes on from it when there is room; says that a disk is read-only${skipped}`,
	async () => {
		const { size } = statSync(join(cwd, 'model', checkpoint));
		mkdirSync(join(cwd, 'disk'));
		const script = `mount -t tmpfs -o size=${Math.round(1.5 * size)} tmpfs disk
		"$@" --epochs 3; echo $?; ls -A disk/run/* | tr '\\n' ' '; echo
		mount -o remount,size=100m disk
		"$@" --epochs 3 --resume; echo $?; sha256sum < disk/run/onnx/model.onnx
		mount -o remount,ro disk
		"$@" --overwrite; echo $?`;
		const command = [process.execPath, main, 'train', 'good.csv', '--out', 'disk/run', '--json'];
		const { stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', ...command], { cwd, encoding: 'utf8' });
		expect(stderr.trim().split('\n')).toEqual([
			expect.stringMatching(
				/^textloom train: writeAtomic: expected to write last\.safetensors in folder .*, got: the disk is full\. Make room/,
			),
			expect.stringMatching(/^textloom train: expected a folder to write to, got \S*disk\/run \(EROFS: read-only/),
		]);
		const seen = stdout.split('\n').filter((line) => !line.startsWith('{'));
		await cli(['train', 'good.csv', '--out', 'whole', '--epochs', '3', '--json'], { cwd });
		const hash = createHash('sha256')
			.update(readFileSync(join(cwd, 'whole/onnx/model.onnx')))
			.digest('hex');
		expect(seen).toEqual([
			'1',
			'disk/run/history.jsonl disk/run/settings.json  disk/run/checkpoint: last.safetensors ',
			'0',
			`${hash}  -`,
			'1',
			'',
		]);
		expect(stdout).toMatch(/"event":"start".*"resumed":true,"epochsDone":1/);
	},
);
