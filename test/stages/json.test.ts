// Pipelines as data: every built-in stage survives the way to JSON and back, equal pipelines are equal text.
import { type AnyStage, chain, clean, fromJSON, labels, map, stopwords, toJSON, vocabulary, words } from 'textloom';
import { describe, expect, it } from 'vitest';
import { builtInStages } from '../../dist/src/stages/built-in.js';
import { builtInExamples, docs } from './examples.js';

const shout = (options: { mark?: string } = {}) =>
	map(({ text }: { text: string }) => ({ text: text + (options.mark ?? '!') }), { stage: 'shout', options: { mark: '!', ...options } });

describe('built-in stages', () => {
	it('have an example each', () => {
		expect([...new Set(builtInExamples.map(([name]) => name))].sort()).toEqual([...builtInStages].sort());
	});

	it.each(builtInExamples)('%s comes back from JSON as it was', (_, stage) => {
		const back = fromJSON(JSON.stringify(toJSON(stage)));
		expect(toJSON(back)).toEqual(toJSON(stage));
		expect(JSON.stringify(toJSON(back))).toBe(JSON.stringify(toJSON(stage)));
		const outcome = (stage: AnyStage) => {
			try {
				return stage.apply(docs);
			} catch (error) {
				return (error as Error).message;
			}
		};
		expect(outcome(back)).toEqual(outcome(stage));
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
			'toJSON: expected stage to be a stage, got [AsyncGeneratorFunction: upper]. Make it with map() or stage().',
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
		expect(() => fromJSON(saved)).toThrow('fromJSON: expected a stage of textloom or one of yours, got "shout"');
	});

	it('saves what has not learned yet', async () => {
		const recipe = fromJSON(JSON.stringify(toJSON(chain(words(), vocabulary({ minCount: 2 }), labels())))) as unknown as {
			fit(docs: unknown): Promise<AnyStage>;
		};
		const fitted = await recipe.fit(docs);
		expect(fitted.apply([{ text: 'the the', label: 'odd' }])[0]).toMatchObject({ target: 1 });
	});
});

describe('fromJSON', () => {
	it('says so when a newer version wrote it', () => {
		expect(() => fromJSON({ format: 2, stages: [] })).toThrow(
			'fromJSON: expected a pipeline of format 1, got 2, written by a newer textloom. Update textloom.',
		);
		expect(() => fromJSON({ format: 1, stages: [{ stage: 'telepathy', options: {} }] })).toThrow(
			/got "telepathy".*update textloom, if it is newer/,
		);
		expect(() => fromJSON({ format: 1, stages: [{ stage: 'clean', options: { dialect: 'strip' } }] })).toThrow(
			'fromJSON: expected options of clean that this version has, got {"dialect":"strip"}. Was it saved by a newer textloom? Update.',
		);
	});

	it('takes options that an older version did not have', () => {
		expect(fromJSON({ format: 1, stages: [{ stage: 'stopwords', options: {} }] }).apply([{ tokens: ['the', 'sea'] }])).toEqual(
			stopwords().apply([{ tokens: ['the', 'sea'] }]),
		);
	});

	it.each(['', '[]', 'null', '3', '{"format":1}', '{"format":1,"stages":[null]}', '{"stages":[]}', '{"format":1,"stages":[{"stage":1}]}'])(
		'refuses %j',
		(text) => {
			expect(() => fromJSON(text)).toThrow(/^fromJSON: expected .* Pass what toJSON wrote\.$/);
		},
	);

	it.each(['__proto__', 'constructor', 'toString'])('has no stage %s', (stage) => {
		expect(() => fromJSON(JSON.parse(`{"format":1,"stages":[{"stage":"${stage}","options":{}}]}`))).toThrow(`got "${stage}"`);
	});
});
