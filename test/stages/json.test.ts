// Pipelines as data: every built-in stage survives the way to JSON and back, equal pipelines are equal text.
import {
	type AnyLearner,
	type AnyStage,
	chain,
	clean,
	collect,
	fromJSON,
	labels,
	map,
	parallel,
	pipe,
	stem,
	stopwords,
	tfidf,
	toJSON,
	vocabulary,
	words,
} from 'textloom';
import type { State } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { ownStageNames } from '../../dist/src/stages/own-stages.js';
import { docs, examples, learnerExamples, stageExamples } from './examples.js';

const shout = (options: { mark?: string } = {}) =>
	map(({ text }: { text: string }) => ({ text: text + (options.mark ?? '!') }), { stage: 'shout', options: { mark: '!', ...options } });

describe("stages of textloom's own", () => {
	it('have an example each, under the names that their specs have', () => {
		expect(Object.keys(examples).sort()).toEqual([...ownStageNames].sort());
		for (const [name, unit] of [...stageExamples, ...learnerExamples]) expect(unit.spec.stage).toBe(name);
	});

	it.each(stageExamples)('%s comes back from JSON as it was', async (_, stage) => {
		const text = JSON.stringify(toJSON(stage));
		const back = fromJSON(text);
		expect(JSON.stringify(toJSON(back))).toBe(text);
		expect(await back.applyAsync(docs)).toEqual(await stage.applyAsync(docs));
	});

	it.each(learnerExamples)('%s comes back from JSON before it has learned, and learns the same', async (_, learner) => {
		const text = JSON.stringify(toJSON(learner));
		const back = fromJSON<AnyLearner>(text);
		expect(JSON.stringify(toJSON(back))).toBe(text);
		expect(toJSON(await back.fit(docs))).toEqual(toJSON(await learner.fit(docs)));
	});

	it('are known by what they are, not by their names', async () => {
		const mine = map(() => ({ tokens: ['mine'] }), { stage: 'stem' });
		expect(() => toJSON(mine)).toThrow('toJSON: expected stages of textloom, got "stem", a function of your own');
		const stages = { stem: () => mine };
		const saved = JSON.stringify(toJSON(chain(words(), stem(), mine), { stages }));
		const [doc] = fromJSON(saved, { stages }).apply([{ text: 'relational' }]);
		expect(doc).toEqual({ text: 'relational', tokens: ['mine'] });
		expect(() => fromJSON(saved)).toThrow(
			'fromJSON: expected a stage of yours called "stem", got none. Supply it: { stages: { "stem": … } }.',
		);
		expect(() => parallel([mine])).toThrow('got "stem", which a thread cannot find');
	});

	it('copied by hand are no longer such stages', () => {
		expect(() => toJSON(Object.assign(() => {}, { spec: { ...stem().spec } }) as never)).toThrow('a function of your own');
	});
});

describe('numbers that a stage learned', () => {
	it('come back as arrays of their kind', async () => {
		const fitted = await tfidf().fit(docs);
		const saved = toJSON(fitted);
		expect(Object.keys(saved.numbers ?? {})).toEqual([
			'0.tfidf.prefixes',
			'0.tfidf.lasts',
			'0.tfidf.columns',
			'0.tfidf.documentCounts',
			'0.tfidf.totals',
		]);
		const back = fromJSON(JSON.stringify(saved));
		expect((back.spec.state as { counts: unknown }).counts).toEqual((fitted.spec.state as { counts: unknown }).counts);
	});

	it('are told apart by their places: in a list, in two stages of one name, as parts of a larger array', () => {
		const holding = (_: object, state: State | undefined) => map((_doc: object) => ({}), { stage: 'holding', state: state! });
		const large = Float64Array.from({ length: 10 }, (_, i) => i / 8);
		const states: State[] = [
			[Int32Array.of(1, 2), { deep: [Int8Array.of(-3), Int8Array.of(4)] }, 'text'],
			{ view: large.subarray(2, 5), numbers: 'no array' },
		];
		const stages = { holding };
		const saved = toJSON(chain(...(states.map((state) => holding({}, state)) as [AnyStage, AnyStage])), { stages });
		const back = fromJSON<AnyStage>(JSON.stringify(saved), { stages });
		expect(back.spec.parts!.map(({ state }) => state)).toEqual(states);
		expect(JSON.stringify(saved).length).toBeLessThan(800);
	});

	it.each([{ array: 'Int32Array', base64: 'AA==' }, { array: 'Function', base64: '' }, { array: 'Int32Array' }, null])(
		'refuses %j',
		async (numbers) => {
			const saved = toJSON(await tfidf().fit(docs));
			expect(() => fromJSON({ ...saved, numbers: { '0.tfidf.columns': numbers as never } })).toThrow(
				'fromJSON: expected { array, base64 } as the numbers of "0.tfidf.columns"',
			);
		},
	);

	it('are shared with threads, not copied for each', async () => {
		const fitted = await tfidf().fit(docs);
		const out = await collect(pipe(docs, parallel(fitted, { workers: 2 })));
		expect(out).toEqual(fitted.apply(docs));
	});
});

describe('toJSON', () => {
	it('gives equal text for equal pipelines', () => {
		const text = (stage: AnyStage) => JSON.stringify(toJSON(stage));
		expect(text(chain(clean(), words()))).toBe(text(chain(chain(clean({ lowercase: true })), chain(words({ punctuation: true })))));
		expect(text(chain(words()))).toBe(text(words()));
		expect(text(words())).not.toBe(text(words({ punctuation: false })));
		const turned = map(() => ({}), { stage: 'own', options: { b: 1, a: { d: 2, c: 3 } } });
		const own = map(() => ({}), { stage: 'own', options: { a: { c: 3, d: 2 }, b: 1 } });
		const stages = { own: () => own };
		expect(JSON.stringify(toJSON(turned, { stages }))).toBe(JSON.stringify(toJSON(own, { stages })));
	});

	it('takes lists whose order says nothing as equal in any order', () => {
		expect(toJSON(stopwords({ keep: ['not', 'no'], extra: ['b', 'a'] }))).toEqual(
			toJSON(stopwords({ keep: ['no', 'not'], extra: ['a', 'b'] })),
		);
	});

	it('keeps words that break maps', async () => {
		const tokens = ['__proto__', 'constructor', 'toString', '', '\ud800', '\0', 'a'];
		const fitted = await vocabulary().fit([{ tokens }]);
		expect(fromJSON(JSON.stringify(toJSON(fitted))).apply([{ tokens }])).toEqual(fitted.apply([{ tokens }]));
	});

	it('names what it cannot save', () => {
		expect(() => toJSON(chain(clean(), shout()))).toThrow(
			'toJSON: expected stages of textloom, got "shout", a function of your own, which JSON cannot hold. Name it here and for fromJSON: { stages: { "shout": … } }.',
		);
		expect(() => toJSON(async function* upper() {} as never)).toThrow(
			'toJSON: expected stage to be a stage, or something that learns one, got [AsyncGeneratorFunction: upper]. Make it with map() or stage().',
		);
		const odd = map(() => ({}), { stage: 'odd', options: { at: [0, Number.NaN] } });
		expect(() => toJSON(odd, { stages: { odd: () => odd } })).toThrow('expected plain JSON as options of "odd".at[1], got NaN');
		const set = map(() => ({}), { stage: 'odd', options: { words: new Set(['a']) } as never });
		expect(() => toJSON(set, { stages: { odd: () => odd } })).toThrow('got a Set');
	});

	it('saves your own stages by name', () => {
		const stages = { shout };
		const saved = JSON.stringify(toJSON(chain(clean(), shout({ mark: '?' })), { stages }));
		expect(fromJSON(saved, { stages }).apply([{ text: 'A' }])).toEqual([{ text: 'a?' }]);
		expect(() => fromJSON(saved)).toThrow('fromJSON: expected a stage of yours called "shout", got none');
	});

	it('saves what has not learned yet', async () => {
		const recipe = fromJSON<AnyLearner>(JSON.stringify(toJSON(chain(words(), vocabulary({ minCount: 2 }), labels()))));
		const fitted = await recipe.fit(docs);
		expect(fitted.apply([{ text: 'the the', label: 'odd' }])[0]).toMatchObject({ target: 1 });
	});
});

describe('fromJSON', () => {
	it('says so when a newer version wrote it', () => {
		expect(() => fromJSON({ format: 3, stages: [] })).toThrow(
			'fromJSON: expected a pipeline of format 2, got 3, written by a newer textloom. Update textloom.',
		);
		expect(() => fromJSON({ format: 2, stages: [{ stage: 'telepathy', options: {} }] })).toThrow(
			/got "telepathy"\. Was it saved by a newer textloom\? Update/,
		);
		expect(() => fromJSON({ format: 2, stages: [{ stage: 'clean', options: { dialect: 'strip' } }] })).toThrow(
			'fromJSON: expected options of clean that this version has, got {"dialect":"strip"}. Was it saved by a newer textloom? Update.',
		);
	});

	it('takes options that an older version did not have', () => {
		expect(fromJSON({ format: 2, stages: [{ stage: 'stopwords', options: {} }] }).apply([{ tokens: ['the', 'sea'] }])).toEqual(
			stopwords().apply([{ tokens: ['the', 'sea'] }]),
		);
	});

	it.each(['', '[]', 'null', '3', '{"format":2}', '{"format":2,"stages":[null]}', '{"stages":[]}', '{"format":2,"stages":[{"stage":1}]}'])(
		'refuses %j',
		(text) => {
			expect(() => fromJSON(text)).toThrow(/^fromJSON: expected .* Pass what toJSON wrote\.$/);
		},
	);

	it.each(['__proto__', 'constructor', 'toString'])('has no stage %s', (stage) => {
		expect(() => fromJSON(JSON.parse(`{"format":2,"stages":[{"stage":"${stage}","options":{}}]}`))).toThrow(`got "${stage}"`);
	});
});
