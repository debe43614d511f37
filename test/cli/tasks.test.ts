// Every task and model on the command line: trained, evaluated on what was held out, and asked; with files of the user's own.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chain, textClassification, train, vocabulary, words } from 'textloom';
import { architectures } from 'textloom/models';
import { adam } from 'textloom/optim';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { cli, csvOf, labelled, objects } from './run.js';

const { folder: cwd, file } = temporary();
const rows = labelled(90);
const run = async (...args: string[]) => {
	const { code, stdout, stderr } = await cli(args, { cwd });
	if (code !== 0) throw new Error(stderr);
	return stdout;
};
const failure = async (...args: string[]) => (await cli(args, { cwd })).stderr;
const end = (stdout: string) => objects(stdout).at(-1)!;
const jsonl = (docs: readonly object[]) => docs.map((doc) => `${JSON.stringify(doc)}\n`).join('');

beforeAll(() => {
	file('good.csv', csvOf(rows));
	file('three.txt', 'rain 1 2 3\nsoup 0 1 2\n');
	file('torn.txt', 'rain 1 2 3\nsoup 0 1\n');
	file('named.csv', csvOf(rows).replace('text,label', 'body,kind'));
});

/** Options that make each model small; for other documents what is said of these. */
const small: Readonly<Record<keyof typeof architectures, readonly string[] | string>> = {
	'word-cnn': ['width=8', 'filters=4', 'kernels=1,2'],
	'char-cnn': ['length=40', 'filters=4', 'convolutions=[{"kernel":3,"pool":2}]', 'hidden=8'],
	bag: ['width=8', 'hidden=8', 'pooling=both'],
	'image-cnn': 'in the field "image", got nothing. End the recipe',
	'deep-cnn': ['width=8', 'filters=4', 'blocks=2'],
	'separable-cnn': ['width=8', 'filters=4', 'kernel=3'],
	'dilated-cnn': ['width=8', 'filters=4', 'layers=2'],
	rnn: ['width=8', 'hidden=8', 'pooling=mean'],
	gru: ['width=8', 'hidden=8', 'layers=2'],
	lstm: ['width=8', 'hidden=8', 'bidirectional=true', 'pooling=attention'],
	rcnn: ['width=8', 'hidden=8', 'context=4', 'cell=gru'],
	'self-attention': ['width=8', 'hidden=4', 'hops=2', 'units=8'],
	attention: ['width=8', 'heads=2'],
	transformer: ['width=8', 'heads=2', 'layers=1'],
	bert: ['width=8', 'heads=2', 'layers=1', 'positions=32'],
	tagger:
		'expected a model that says something of each document, as text-classification asks, got tagger, which says something of each token',
	'term-mlp': ['hidden=8'],
	'recurrent-translator':
		'expected a model that says something of each document, as text-classification asks, got recurrent-translator, which answers by',
	'transformer-translator': 'got transformer-translator, which answers by a sequence of tokens. Choose another',
	svm: ['c=0.5'],
	logistic: ['c=2'],
	bayes: ['alpha=0.5'],
	'nb-svm': ['beta=0.5', 'c=2'],
};
/** Models that take no steps, of terms. */
const solved = ['svm', 'logistic', 'bayes', 'nb-svm'];

describe('train --model', () => {
	it.concurrent.each(Object.entries(small))('%s', async (name, options) => {
		const isSolved = solved.includes(name);
		const steps = isSolved ? [] : ['--epochs', '1'];
		const args = ['train', 'good.csv', '--model', name, ...steps, '--out', `model-${name}`, '--json', '--threads', '1'];
		if (typeof options === 'string') {
			expect(await failure(...args)).toContain(options);
			return;
		}
		const events = objects(await run(...args, ...options.flatMap((option) => ['--set', option])));
		const tokens = isSolved || name === 'term-mlp' ? 'terms' : name === 'char-cnn' ? 'characters' : 'words';
		expect(events.slice(0, 2)).toMatchObject([
			{ event: 'source', tokens },
			{ event: 'start', model: name },
		]);
		expect(events.at(-1)).toMatchObject({ event: 'end', documents: 9, end: isSolved ? 'solved' : 'epochs' });
		const { model } = JSON.parse(readFileSync(join(cwd, `model-${name}`, 'config.json'), 'utf8'));
		const set = Object.fromEntries(options.map((option) => [option.split('=')[0], expect.anything()]));
		expect(model).toMatchObject({ model: name, options: set });
		expect(objects(await run('predict', `model-${name}`, '--text', 'rain and wind', '--text', 'soup'))).toHaveLength(2);
	});

	it.concurrent('begins with word vectors of a file', async () => {
		const sizes = ['--model', 'word-cnn', '--set', 'filters=4', '--set', 'frozen=true', '--epochs', '1'];
		await run('train', 'good.csv', ...sizes, '--vectors', 'three.txt', '--out', 'begun');
		const { model } = JSON.parse(readFileSync(join(cwd, 'begun', 'config.json'), 'utf8'));
		expect(model).toMatchObject({ model: 'word-cnn', options: { width: 3, filters: 4 } });
		expect(objects(await run('predict', 'begun', '--text', 'rain and wind'))).toHaveLength(1);
	});

	it.concurrent.each([
		['vectors of several widths', 'torn.txt', 'torn.txt:2: expected a word and 3 numbers, got 2 after "soup"'],
		['vectors that are not there', 'none.txt', 'loadVectors: expected a readable file, got nothing at none.txt'],
	])('refuses %s', async (_, path, message) => {
		expect(await failure('train', 'good.csv', '--vectors', path)).toContain(message);
	});

	it.concurrent.each([
		['an unknown model', ['--model', 'wordcnn'], /expected a model \(word-cnn, .*\), got wordcnn\. Did you mean word-cnn\?/],
		['an unknown option', ['--model', 'gru', '--set', 'hiden=8'], /--set: gruClassifier: .* got hiden\. Did you mean hidden\?/],
		['an option of another kind', ['--set', 'width=wide'], /--set: wordCnn: expected width to be a whole number from 1, got 'wide'/],
		['an option twice', ['--set', 'width=8', '--set', 'width=9'], /expected --set width once, got it twice\./],
		['another cell', ['--model', 'gru', '--set', 'cell=lstm'], /gruClassifier: expected an option that it has, got cell/],
		[
			'vectors of another width',
			['--vectors', 'three.txt', '--set', 'width=8'],
			/--set, --vectors: wordCnn: expected the width of the vectors, 3, got width 8\. Leave width out/,
		],
		[
			'vectors of a model without words',
			['--vectors', 'three.txt', '--model', 'nb-svm'],
			/--vectors: nbSvmClassifier: expected an option that it has, got vectors/,
		],
		['no option', ['--set', 'width'], /expected an option and its value, such as hidden=256 for --set, got "width"/],
		[
			'a length that a model has not',
			['--model', 'bert', '--max-length', '900'],
			/from 1 to 512 for --max-length with this model, got 900/,
		],
		[
			'going on with a model that is solved',
			['--model', 'svm', '--resume', '--out', 'a'],
			/expected no --resume with svm, which is solved at once/,
		],
		[
			'steps of a model that is solved',
			['--model', 'svm', '--epochs', '3'],
			/expected no --epochs with svm, which is solved at once, got one/,
		],
	])('refuses %s', async (_, args, message) => {
		const { code, stderr } = await cli(['train', 'good.csv', ...args], { cwd });
		expect(stderr).toMatch(message);
		expect(code).toBe(2);
	});
});

describe('the problem of a text', () => {
	it.concurrent('is a number', async () => {
		file('stars.csv', `text,label\n${rows.map(({ text, label }) => `${text},${label.length}.5\n`).join('')}`);
		const args = ['train', 'stars.csv', '--problem', 'number', '--epochs', '2', '--out', 'stars'];
		const stdout = await run(...args);
		expect(stdout).toMatch(
			/held-out documents \(1 in 10 of stars\.csv\): mean absolute error [\d.]+, mean squared error [\d.]+, r2 -?[\d.]+\n/,
		);
		expect(objects(await run('predict', 'stars', '--text', 'rain'))).toEqual([{ text: 'rain', value: expect.any(Number) }]);
		expect(await run('evaluate', 'stars')).toMatch(/^Mean absolute error [\d.]+, .*documents in [\d.]+ s/);
		file('no-number.csv', 'text,label\na,1\nb,many\n');
		expect(await failure('train', 'no-number.csv', '--problem', 'number')).toContain(
			'no-number.csv:3: expected a number in "label", got "many".',
		);
	});

	it.concurrent('is any number: rows are held out, though all differ', async () => {
		file('prices.csv', `text,label\n${rows.map(({ text }, i) => `${text},${i}\n`).join('')}`);
		expect(end(await run('train', 'prices.csv', '--problem', 'number', '--epochs', '1', '--json'))).toMatchObject({ documents: 9 });
		const { code, stderr } = await cli(['predict', 'runs/prices', '--text', 'rain', '--probabilities'], { cwd });
		expect([code, stderr]).toEqual([2, expect.stringMatching(/^textloom predict: expected --probabilities with a model of labels/)]);
	});

	it.concurrent('is several labels, in JSON or between commas', async () => {
		const docs = rows.map(({ text, label }, i) => ({ text, label: i % 2 ? [label, 'odd'] : [label] }));
		file('tags.jsonl', jsonl(docs));
		file('tags.csv', `text,label\n${docs.map(({ text, label }) => `${text},"${label.join(', ')}"\n`).join('')}`);
		const train = (name: string) =>
			run('train', name, '--problem', 'several-labels', '--epochs', '2', '--out', name.slice(-5), '--json', '--threads', '1');
		const [a, b] = [end(await train('tags.jsonl')), end(await train('tags.csv'))];
		expect(a).toMatchObject({
			...{ labels: ['food', 'odd', 'travel', 'weather'], f1: expect.any(Number) },
			classes: { food: { precision: expect.any(Number), support: expect.any(Number) } },
		});
		expect(b.f1).toBe(a.f1);
		const [doc] = objects(await run('predict', 's.csv', '--text', 'rain', '--probabilities'));
		expect(doc).toMatchObject({ label: expect.any(Array), probabilities: { food: expect.any(Number), odd: expect.any(Number) } });
	});

	it.concurrent('has weights and smoothing, where it is one label', async () => {
		await run('train', 'good.csv', '--weights', 'balanced', '--smoothing', '0.1', '--epochs', '1', '--out', 'weighted');
		const { task_options: options } = JSON.parse(readFileSync(join(cwd, 'weighted/config.json'), 'utf8'));
		expect(options).toEqual({ problem: 'one label', weights: 'balanced', smoothing: 0.1 });
		const { code, stderr } = await cli(['train', 'good.csv', '--problem', 'number', '--smoothing', '0.1'], { cwd });
		expect([code, stderr]).toEqual([2, expect.stringContaining('expected no smoothing for number, got one.')]);
	});
});

it('trains a recipe of tokens on files of JSON and of CSV', async () => {
	const sentences = [
		['the dog runs', 'DET NOUN VERB'],
		['a cat sleeps', 'DET NOUN VERB'],
		['the old cat runs', 'DET ADJ NOUN VERB'],
		['dogs sleep', 'NOUN VERB'],
	].map(([tokens, tags]) => ({ tokens: tokens!, tags: tags! }));
	const docs = Array.from({ length: 15 }, () => sentences).flat();
	file('tagged.csv', `tokens,tags\n${docs.map(({ tokens, tags }) => `${tokens},${tags}\n`).join('')}`);
	file('tagged.jsonl', jsonl(docs.map(({ tokens, tags }) => ({ tokens: tokens.split(' '), tags: tags.split(' ') }))));
	const train = async (name: string, ...more: string[]) =>
		end(await run('train', name, '--recipe', 'ud-english', '--epochs', '5', '--json', '--threads', '1', ...more));
	const { accuracy, seconds: _, out: __, ...rest } = await train('tagged.jsonl', '--out', 'tagger');
	expect(accuracy).toBeGreaterThan(0.5);
	expect(await train('tagged.csv', '--out', 'same')).toMatchObject({ accuracy, tokens: rest.tokens });
	const said = objects(await run('predict', 'tagger', '--text', 'The dog sleeps.'));
	expect(said).toEqual([
		{ tokens: ['The', 'dog', 'sleeps', '.'], tags: expect.any(Array), scores: expect.any(Array), text: 'The dog sleeps.' },
	]);
	expect(await run('evaluate', 'tagger')).toMatch(
		/NOUN +[\d.]+%[\s\S]*Rows are true labels[\s\S]*Accuracy [\d.]+%, tokens \d+, document accuracy [\d.]+%/,
	);
	expect(objects(await run('predict', 'tagger', 'tagged.csv'))[1]).toMatchObject({
		tokens: ['a', 'cat', 'sleeps'],
		input_tags: 'DET NOUN VERB',
	});
	file('words.csv', `words,pos\n${docs.map(({ tokens, tags }) => `${tokens},${tags}\n`).join('')}`);
	expect(await train('words.csv', '--text', 'words', '--label', 'pos', '--out', 'words')).toMatchObject({ accuracy });
	await run('predict', 'tagger', 'tagged.jsonl', '--out', 'said.csv');
	expect(readFileSync(join(cwd, 'said.csv'), 'utf8')).toMatch(/^tokens,tags,scores,warning,input_tags\nthe dog runs,[A-Z ]+,/);
});

describe('a run', () => {
	it.concurrent('is evaluated on what it did not train on, by the columns that it was trained on', async () => {
		const out = ['--out', 'named', '--epochs', '2', '--json', '--threads', '1'];
		const trained = end(await run('train', 'named.csv', '--text', 'body', '--label', 'kind', ...out));
		const { accuracy, loss, documents } = end(await run('evaluate', 'named', '--json'));
		expect({ accuracy, loss, documents }).toEqual({ accuracy: trained.accuracy, loss: trained.loss, documents: 9 });
		expect(end(await run('evaluate', 'named', 'named.csv', '--json'))).toMatchObject({ documents: 90 });
		expect(objects(await run('predict', 'named', 'named.csv'))[0]).toMatchObject({ body: rows[0]!.text, kind: rows[0]!.label });
		// What has no columns is read as ever.
		file('lines.txt', 'rain and wind\n');
		expect(objects(await run('predict', 'named', 'lines.txt'))).toHaveLength(1);
		expect(await failure('evaluate', 'named', '--data', 'd')).toContain(
			"expected --data with the run's corpus, got a run that was trained on named.csv.",
		);
	});

	it.concurrent('is tested on files of their own', async () => {
		file('rest.csv', csvOf(labelled(12)));
		const trained = end(await run('train', 'good.csv', '--test', 'rest.csv', '--epochs', '1', '--out', 'apart', '--json'));
		expect(trained).toMatchObject({ documents: 12 });
		expect(end(await run('evaluate', 'apart', '--json'))).toMatchObject({ documents: 12, origin: 'rest.csv', accuracy: trained.accuracy });
	});

	it.concurrent('says where its files should be', async () => {
		file('gone.csv', csvOf(rows));
		await run('train', 'gone.csv', '--epochs', '1');
		rmSync(join(cwd, 'gone.csv'));
		expect(await failure('evaluate', 'runs/gone')).toContain(
			'expected a FILE to evaluate on, got none, and runs/gone was trained on gone.csv, which is not there.',
		);
		file('unknown.csv', 'text,label\nrain,weather\nball,sport\n');
		expect(await failure('train', 'good.csv', '--test', 'unknown.csv', '--out', 'unknown')).toContain(
			'unknown.csv:3: expected a label of food, travel, weather, got "sport".',
		);
	});

	it.concurrent('says so where its files have changed, and forgets what was said of an earlier model', async () => {
		file('kept.csv', csvOf(rows));
		await run('train', 'kept.csv', '--epochs', '1', '--out', 'kept');
		expect((await cli(['evaluate', 'kept'], { cwd })).stderr).toBe('');
		file('kept.csv', csvOf(rows.toReversed()));
		expect((await cli(['evaluate', 'kept'], { cwd })).stderr).toContain('these are not the documents that were held out in the training');
		const corpus = rows.map(({ text, label }) => ({ text, label }));
		const recipe = { task: textClassification(), corpus, stages: chain(words(), vocabulary()), model: architectures.gru({ hidden: 4 }) };
		const { model } = await train(
			{ ...recipe, optimizer: adam(), training: { epochs: 1 } },
			{ out: join(cwd, 'kept'), existing: 'overwrite' },
		);
		await model.close();
		for (const name of ['settings.json', 'evaluation.json', 'mistakes.jsonl']) expect(existsSync(join(cwd, 'kept', name))).toBe(false);
	});

	it.concurrent('predicts files of a folder that has none inside, and not over the file that it reads', async () => {
		await run('train', 'good.csv', '--epochs', '1', '--out', 'flat-run');
		mkdirSync(join(cwd, 'flat'));
		file('flat/a.txt', 'rain\nand wind');
		expect(objects(await run('predict', 'flat-run', 'flat'))).toEqual([
			expect.objectContaining({ text: 'rain\nand wind', file: 'flat/a.txt' }),
		]);
		expect(await failure('predict', 'flat-run', 'good.csv', '--out', 'good.csv')).toContain(
			'expected --out to be another file than the FILE that is read, got good.csv twice.',
		);
	});

	it.concurrent('of many small classes has rows of most to be tested on', async () => {
		const docs = Array.from({ length: 180 }, (_, i) => ({ text: rows[i % 90]!.text, label: `class ${i % 20}` }));
		file('many.csv', csvOf(docs));
		expect(Number(end(await run('train', 'many.csv', '--epochs', '1', '--json')).documents)).toBeGreaterThan(10);
	});

	it.concurrent('is like another but for its model: then without the options of the other', async () => {
		await run('train', 'good.csv', '--set', 'kernels=1', '--epochs', '1', '--out', 'like-a');
		await run('train', '--like', 'like-a', '--model', 'gru', '--set', 'hidden=8', '--out', 'like-b');
		await run('train', '--like', 'like-a', '--model', 'rnn', '--out', 'like-c');
		const settings = JSON.parse(readFileSync(join(cwd, 'like-b/settings.json'), 'utf8'));
		expect(settings).toMatchObject({ model: 'gru', set: ['hidden=8'] });
	});

	it.concurrent('goes on for more epochs with --resume', async () => {
		const train = async (...args: string[]) => objects(await run('train', 'good.csv', '--out', 'longer', '--json', ...args));
		await train('--epochs', '1');
		const events = await train('--resume', '--epochs', '3');
		expect(events.find(({ event }) => event === 'start')).toMatchObject({ resumed: true, epochsDone: 1 });
		expect(events.filter(({ event }) => event === 'epoch').map(({ epoch }) => epoch)).toEqual([2, 3]);
	});

	it.concurrent('says why it stopped, and which epoch was kept', async () => {
		expect(await run('train', 'good.csv', '--epochs', '2', '--out', 'ended')).toMatch(
			/\nStopped after 2 epochs, as many as it was to be; kept is epoch [12]\.\nOn 9 held-out documents/,
		);
	});
});

describe('texts as they come', () => {
	it.concurrent('in UTF-16, Latin-1 and GB 18030', async () => {
		const text = csvOf(rows).replaceAll('rain', 'pluie d\u2019\u00e9t\u00e9');
		file('utf16.csv', Buffer.from(`\ufeff${text}`, 'utf16le'));
		file('latin1.csv', Buffer.from(text.replaceAll('\u2019', "'"), 'latin1'));
		const train = (name: string, ...args: string[]) => run('train', name, '--epochs', '1', '--out', name.split('.')[0]!, ...args);
		expect(await train('utf16.csv')).not.toContain('invalid');
		expect(await train('latin1.csv', '--encoding', 'latin1')).not.toContain('invalid');
		expect(await run('evaluate', 'latin1', 'latin1.csv')).not.toContain('replaced');
		file('half.csv', Buffer.concat([Buffer.from('text,label\na\xff,food\n', 'latin1'), Buffer.from(csvOf(rows).slice(11))]));
		expect(await train('half.csv', '--encoding', 'gb18030')).toContain('1 sequence replaced that is no gb18030\n');
		expect(await train('latin1.csv', '--overwrite')).toMatch(
			/invalid UTF-8 sequences replaced \(files in another encoding: --encoding latin1\)\n/,
		);
		expect(await failure('train', 'latin1.csv', '--encoding', 'latin-one')).toContain('expected the name of an encoding, such as');
	});

	it.concurrent('in Chinese: said what tokens are, with keywords that are words', async () => {
		const parts = {
			\u5929\u6c14: ['\u4eca\u5929\u4e0b\u96e8', '\u660e\u5929\u4f1a\u4e0b\u5927\u96ea', '\u5317\u4eac\u7684\u5929\u6c14\u5f88\u597d'],
			\u996e\u98df: [
				'\u6211\u559c\u6b22\u5403\u7c73\u996d',
				'\u725b\u8089\u9762\u5f88\u597d\u5403',
				'\u4e2d\u5348\u5403\u4e86\u997a\u5b50',
			],
		};
		const docs = Object.entries(parts).flatMap(([label, texts]) =>
			Array.from({ length: 30 }, (_, i) => ({ text: `${texts[i % 3]}\uff0c\u7b2c${i}\u6b21`, label })),
		);
		file('chinese.csv', csvOf(docs));
		const stdout = await run('train', 'chinese.csv', '--epochs', '1');
		expect(stdout).toContain(
			'The texts are mostly Chinese: they are cut into words, as jieba does. Titles do better by characters: --recipe chn-senti-corp.\n',
		);
		expect(stdout).toMatch(/Training: term-mlp, [\d,]+ parameters, \d+ terms; /);
		expect(
			/Keywords of the first \(TF-IDF\): (.*)\n/
				.exec(stdout)![1]!
				.split(', ')
				.every((word) => [...word].length > 1),
		).toBe(true);
		// What was saved cuts into words, too.
		const { stages } = JSON.parse(readFileSync(join(cwd, 'runs/chinese/pipeline.json'), 'utf8'));
		expect(stages.map(({ stage }: { stage: string }) => stage)).toEqual(['clean', 'segment', 'stopwords', 'tfidf', 'termIds']);
		const [line] = objects(await run('predict', 'runs/chinese', '--text', '\u5317\u4eac\u4e0b\u96e8'));
		expect(Object.keys(parts)).toContain(line!.label);
		expect(await run('evaluate', 'runs/chinese')).toContain('6 documents');
		// Each model gets tokens of its kind; characters stay characters.
		const tokens = async (...args: string[]) => {
			const out = await run('train', 'chinese.csv', '--out', `chinese-${args.at(-1)}`, '--json', ...args);
			const spec = JSON.parse(readFileSync(join(cwd, `chinese-${args.at(-1)}`, 'pipeline.json'), 'utf8'));
			return [objects(out)[0]!.tokens, spec.stages.some(({ stage }: { stage: string }) => stage === 'segment')];
		};
		expect(await tokens('--epochs', '1', '--model', 'gru')).toEqual(['words', true]);
		expect(await tokens('--model', 'svm')).toEqual(['terms', true]);
		const charCnn = (small['char-cnn'] as readonly string[]).flatMap((option) => ['--set', option]);
		expect(await tokens('--epochs', '1', ...charCnn, '--model', 'char-cnn')).toEqual(['characters', false]);
	});

	it.concurrent('are counted where they are cut or empty', async () => {
		file(
			'odd.csv',
			`text,label\n${rows
				.slice(0, 30)
				.map(({ text, label }, i) => `${i < 3 ? '' : text},${label}\n`)
				.join('')}`,
		);
		const stdout = await run('train', 'odd.csv', '--epochs', '1', '--max-length', '6');
		expect(stdout).toMatch(/; \d+ texts cut at 6 words \(--max-length\); [123] empty texts?\n/);
	});

	it.concurrent('whose columns are not found: what to name', async () => {
		file('bars.csv', csvOf(rows).replaceAll(',', '|'));
		file('gb.csv', Buffer.from([0xce, 0xc4, 0x2c, 0xb1, 0x0a, 0x61, 0x2c, 0x62, 0x0a]));
		file('many.jsonl', '{"text":"a","label":["b","c"]}\n');
		file('tagged-only.jsonl', '{"tokens":["a"],"tags":["b"]}\n');
		expect(await failure('train', 'bars.csv')).toContain('Name what stands between columns with --delimiter.');
		expect(await failure('train', 'gb.csv')).toContain('Name the encoding of the file with --encoding.');
		expect(await failure('train', 'many.jsonl')).toContain(
			'expected one label in "label", got several. Train with --problem several-labels.',
		);
		expect(await failure('train', 'tagged-only.jsonl')).toContain('Train tags with --recipe ud-english.');
	});

	it.concurrent('whose labels all differ are refused', async () => {
		file('ids.csv', `id,text\n${rows.map(({ text }, i) => `${i},${text}\n`).join('')}`);
		expect(await failure('train', 'ids.csv', '--label', 'id')).toMatch(
			/expected labels that repeat, got 90 documents with 90 different ones, such as "0"\. Name the field of their classes;/,
		);
	});
});
