// Jobs as data: one hash for equal ones, and back from JSON.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import {
	chain,
	clean,
	collect,
	csv,
	filter,
	type Job,
	job,
	jobFrom,
	jsonl,
	lines,
	map,
	pipe,
	read,
	type Sink,
	take,
	toCsv,
	toJsonl,
	toText,
	vocabulary,
	words,
	write,
} from 'textloom';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';

const { folder, file } = temporary();
const input = file('in.csv', 'text,label\nA storm,x\nbad\nThe <b>sea</b>,y\n');
const output = join(folder, 'out.jsonl');
const stages = () => chain(clean(), words());
const ours = () => job({ source: read<Text>(input, { onError: 'skip' }), stages: stages(), sink: write(output) });
const again = ({ spec }: Job) => jobFrom(JSON.stringify(spec));
type Text = { text: string; label: string };
const shout = (options: { mark?: string } = {}) =>
	map(({ text }: { text: string }) => ({ text: text + (options.mark ?? '!') }), { stage: 'shout', options: { mark: '!', ...options } });

describe('job', () => {
	it('reads, works and writes, and says how much', async () => {
		const seen: object[] = [];
		const result = await ours().run({ onProgress: (progress) => seen.push(progress) });
		expect(result).toEqual({ read: 2, skipped: 1, written: 2 });
		expect(seen.at(-1)).toEqual({ read: 2, written: 2 });
		const docs = await collect(jsonl(output));
		expect(docs).toEqual([
			{ text: 'a storm', label: 'x', tokens: ['a', 'storm'] },
			{ text: 'the sea', label: 'y', tokens: ['the', 'sea'] },
		]);
		expect(await again(ours()).run()).toEqual(result);
		expect(await collect(jsonl(output))).toEqual(docs);
		const copy = job({ source: read<Text>(input, { onError: 'skip' }), sink: write(join(folder, 'copy.txt')) });
		expect(await copy.run()).toEqual({ read: 2, skipped: 1, written: 2 });
		const one = job({ source: read<Text>(input), stages: take(1), sink: write(output) });
		expect((await again(one).run()).written).toBe(1);
	});

	it('is plain JSON', () => {
		const { spec, hash } = ours();
		expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
		expect(Object.keys(spec)).toEqual(['format', 'sink', 'source', 'stages']);
		expect(spec.source).toEqual(read<Text>(input, { onError: 'skip' }).spec);
		expect(spec.sink).toEqual(write(output).spec);
		expect(hash).toMatch(/^[0-9a-f]{64}$/);
	});

	it('has one hash for equal jobs, whichever way they are written', () => {
		const source = () => csv<Text>('./a.csv', { delimiter: ';', onError: 'skip' });
		const { hash, spec } = job({ source: source(), stages: stages(), sink: toJsonl('b.jsonl.gz') });
		const equal = [
			job({ source: csv<Text>(['./a.csv'], { onError: 'skip', delimiter: ';' }), stages: stages(), sink: toJsonl('b.jsonl.gz') }),
			job({
				source: read<Text>('./a.csv', { delimiter: ';', onError: 'skip' }),
				stages: stages(),
				sink: write('b.jsonl.gz', { gzip: true }),
			}),
			job({
				source: csv<Text>('./a.csv', {
					delimiter: ';',
					quotes: true,
					header: true,
					maxRecord: 64e6,
					places: false,
					onError: 'skip',
					counts: { read: 0, skipped: 0, replaced: 0 },
				}),
				stages: chain(chain(clean({ lowercase: true })), chain(words({ punctuation: true }))),
				sink: toJsonl('b.jsonl.gz', { signal: new AbortController().signal }),
			}),
			jobFrom(spec),
			jobFrom(JSON.stringify(spec, null, '\t')),
			jobFrom({
				format: 1,
				stages: [
					{ options: {}, stage: 'clean' },
					{ stage: 'words', options: {} },
				],
				sink: { options: {}, target: 'b.jsonl.gz', sink: 'jsonl' },
				source: { options: { onError: 'skip', delimiter: ';' }, paths: './a.csv' as never, source: 'csv' },
			}),
		];
		expect(equal.map((job) => job.hash)).toEqual(equal.map(() => hash));
		expect(equal.map((job) => job.spec)).toEqual(equal.map(() => spec));
		const others = [
			job({ source: csv<Text>('a.csv', { delimiter: ';', onError: 'skip' }), stages: stages(), sink: toJsonl('b.jsonl.gz') }),
			job({ source: csv<Text>('./a.csv', { onError: 'skip' }), stages: stages(), sink: toJsonl('b.jsonl.gz') }),
			job({ source: source(), stages: chain(clean(), words({ punctuation: false })), sink: toJsonl('b.jsonl.gz') }),
			job({ source: source(), stages: stages(), sink: toJsonl('b.jsonl') }),
			job({ source: source(), sink: toJsonl('b.jsonl.gz') }),
		];
		expect(new Set([hash, ...others.map((job) => job.hash)]).size).toBe(6);
	});

	it('holds what stages learned, numbers among it', async () => {
		const fitted = await chain(clean(), words(), vocabulary()).fit([{ text: 'a storm' }, { text: 'the sea' }]);
		const whole = job({ source: read<Text>(input, { onError: 'skip' }), stages: fitted, sink: write(output) });
		expect(again(whole).hash).toBe(whole.hash);
		await again(whole).run();
		expect((await collect(jsonl(output))).map((doc) => doc.ids)).toEqual(
			(await collect(fitted(read<Text>(input, { onError: 'skip' })))).map(({ ids }) => [...ids]),
		);
	});

	it('takes stages of your own by name', async () => {
		const own = { stages: { shout } };
		const mine = job(
			{ source: read<Text>(input, { onError: 'skip' }), stages: chain(shout({ mark: '?' }), clean()), sink: write(output) },
			own,
		);
		await jobFrom(JSON.stringify(mine.spec), own).run();
		expect((await collect(jsonl(output))).map(({ text }) => text)).toEqual(['a storm?', 'the sea?']);
		expect(() => jobFrom(mine.spec)).toThrow('jobFrom: expected a stage of yours called "shout", got none.');
		expect(() => job({ source: read<Text>(input), stages: shout(), sink: write(output) })).toThrow(
			'job: expected stages of textloom, got "shout", a function of your own, which JSON cannot hold. Name it here and for jobFrom: { stages: { "shout": … } }.',
		);
	});

	it('says what cannot be written down, and why', () => {
		const refused = (parts: object) => expect(() => job({ source: read<Text>(input), sink: write(output), ...parts } as never));
		refused({ source: csv(input, { record: ([text]) => ({ text }) }) }).toThrow(
			'job: expected a source that can be written down, got one whose record is a function, which JSON cannot hold. Take one of options that are data, and do the rest in stages.',
		);
		refused({ source: lines(input, { onError: () => {} }) }).toThrow('got one whose onError is a function');
		for (const source of [[{ text: 'a' }], pipe(read<Text>(input), take(1))]) {
			refused({ source }).toThrow('job: expected a source that can be written down, got documents that no source such as csv(path) made.');
		}
		refused({ sink: toCsv(new PassThrough()) }).toThrow(
			'job: expected a sink that can be written down, got one that writes into a stream.',
		);
		refused({ sink: toText('a', { line: () => '' }) }).toThrow('got one whose line is a function, which JSON cannot hold.');
		refused({ sink: async () => 0 }).toThrow('got a function that no sink such as toCsv(path) is.');
		refused({ sink: undefined }).toThrow('job: expected sink to be a function, got nothing. Make it with write(path)');
		refused({ stages: vocabulary() }).toThrow('job: expected stages to be a stage, got');
		refused({ stages: filter(() => true) }).toThrow('got "filter", a function of your own');
		refused({ stagse: take(1) }).toThrow('job: expected an option that it has, got stagse. Did you mean stages?');
	});

	it('does not compile where stages need, or the sink takes, what documents do not have', () => {
		const source = lines('a.txt');
		const sink = write('b.jsonl');
		const tokens = toCsv('b.csv') as Sink<{ tokens: string[] }>;
		expect(job({ source, stages: words(), sink: tokens }).hash).toHaveLength(64);
		// @ts-expect-error objects of any fields need not have a text
		expect(job({ source: jsonl('a.jsonl'), stages: words(), sink }).hash).toHaveLength(64);
		// @ts-expect-error lines of text have no tokens
		expect(job({ source, sink: tokens }).hash).toHaveLength(64);
	});

	it('leaves what was at the target when it is ended or fails', async () => {
		const path = file('kept.jsonl', 'old');
		const before = readdirSync(folder);
		const many = file('many.csv', `text\n${'a b c\n'.repeat(200_000)}`);
		const long = job({ source: read<Text>(many), stages: stages(), sink: write(path) });
		const control = new AbortController();
		const ended = long.run({ signal: control.signal, onProgress: () => control.abort(new Error('enough')) });
		await expect(ended).rejects.toThrow('enough');
		await expect(long.run({ signal: control.signal })).rejects.toThrow('enough');
		const mine = new Error('mine');
		const failing = long.run({
			onProgress: () => {
				throw mine;
			},
		});
		expect(await failing.catch((error) => error)).toBe(mine);
		await expect(job({ source: read<Text>(input), sink: write(path) }).run()).rejects.toThrow(`${input}:3: expected 2 fields, got 1.`);
		expect(readFileSync(path, 'utf8')).toBe('old');
		expect(readdirSync(folder).sort()).toEqual([...before, 'many.csv'].sort());
		await expect(long.run({ signals: 1 } as never)).rejects.toThrow(
			'job.run: expected an option that it has, got signals. Did you mean signal?',
		);
	});
});

describe('jobFrom', () => {
	const { spec } = ours();

	it('says so when a newer version wrote it', () => {
		expect(() => jobFrom({ ...spec, format: 2 })).toThrow(
			'jobFrom: expected a job of format 1, got 2, written by a newer textloom. Update textloom.',
		);
		expect(() => jobFrom({ ...spec, source: { ...spec.source, source: 'parquet' } })).toThrow(
			'jobFrom: expected a source of textloom, got "parquet".',
		);
		expect(() => jobFrom({ ...spec, source: { ...spec.source, options: { dialect: 1 } } })).toThrow(RangeError);
		expect(() => jobFrom({ ...spec, sink: { ...spec.sink, options: { level: 9 } } })).toThrow(
			'jobFrom: expected a sink that this version can make. toJsonl: expected an option that it has, got level.',
		);
		expect(() => jobFrom({ ...spec, stages: [{ stage: 'telepathy', options: {} }] })).toThrow(
			'jobFrom: expected a stage of textloom, got "telepathy".',
		);
	});

	it.each(['', '[]', 'null', '3', '{"format":1}', '{"format":1,"stages":[null]}', '{"format":1,"stages":[]}'])('refuses %j', (text) => {
		expect(() => jobFrom(text)).toThrow(/^jobFrom: expected .*\.$/);
	});

	it('takes no code from a file', () => {
		const options = { record: 'process.exit(1)' };
		expect(() => jobFrom({ ...spec, source: { ...spec.source, options } })).toThrow(RangeError);
		expect(() => jobFrom({ ...spec, sink: { sink: 'lines', target: 'a', options: { line: 'process.exit(1)' } } })).toThrow(RangeError);
	});
});
