// What every stage of textloom's own, and what learns one, says of documents that lack what it needs.
import { type AnyLearner, type AnyStage, chain, clean, collect, parallel, pipe, stem, words } from 'textloom';
import { describe, expect, it } from 'vitest';
import { docs, examples, learnerExamples, stageExamples } from './examples.js';

/** The field that a stage needs. */
const fieldOf = ({ spec }: AnyStage | AnyLearner) =>
	(spec.options as { on?: string }).on ?? examples[spec.stage as keyof typeof examples].needs ?? 'text';

const kinds: Readonly<Record<string, readonly [what: string, code: string]>> = {
	text: ['a text', "typeof text === 'string'"],
	label: ['a text', "typeof label === 'string'"],
	tokens: ['an array of texts', 'Array.isArray(tokens)'],
	features: ['a sparse vector', 'features?.indices instanceof Int32Array'],
};

/** What adds a field. */
const addedBy: Readonly<Record<string, string>> = { tokens: 'words()', features: 'a fitted tfidf()' };

/** The message about the second of two documents, which has `value` in the field. */
async function message(stage: AnyStage | AnyLearner, value: unknown): Promise<string> {
	const [good] = docs;
	const bad = { ...good, [fieldOf(stage)]: value };
	const both = [good, bad].map((doc, i) => ({ ...doc, file: 'reviews.jsonl', line: i + 1 }));
	if (value === undefined) delete (both[1] as Record<string, unknown>)[fieldOf(stage)];
	const work: Promise<unknown> = 'fit' in stage ? stage.fit(both) : collect(pipe(both, stage));
	return work.then(
		() => 'nothing',
		(error: Error) => {
			expect(error).toBeInstanceOf(TypeError);
			return error.message;
		},
	);
}

/** Verbs that count need no field. */
const needing = [...stageExamples, ...learnerExamples].filter(([, unit]) => !('sequential' in unit));

describe.each(needing)('%s', (name, stage) => {
	const field = fieldOf(stage);
	const [what, code] = kinds[field]!;
	const expected = `reviews.jsonl:2: ${name}: expected ${what} in the field "${field}", got`;
	const rename = `Name the field so, or leave such records out: pipe(source, filter(({ ${field} }) => ${code}), …).`;

	it.each([
		[null, 'null'],
		[5, '5'],
		[true, 'true'],
		[{ a: 1 }, 'an object (Object)'],
		[[5], 'an array that begins with number'],
	])('says so of %j', async (value, got) => {
		expect(await message(stage, value)).toBe(`${expected} ${got}. ${rename}`);
	});

	it('says so of a field that is not there', async () => {
		const next = field in addedBy ? `Is a stage that adds it (${addedBy[field]}) before this one?` : rename;
		const said = await message(stage, undefined);
		expect(said.replace(/ \(it has [\w, …]+\)/, '')).toBe(`${expected} nothing. ${next}`);
		expect(said).toContain('(it has ');
	});
});

it('says which stage comes too early', async () => {
	// @ts-expect-error stem needs tokens, which words gives after it
	const early = chain(clean(), stem(), words());
	await expect(collect(early([{ text: 'Storm' }] as never[]))).rejects.toThrow(
		'document 1: stem: expected an array of texts in the field "tokens", got nothing (it has text). Is a stage that adds it (words()) before this one?',
	);
});

it('says the same from a thread, with the number of the document in the stream', async () => {
	const many = Array.from({ length: 600 }, (_, n) => ({ text: n === 400 ? (null as unknown as string) : 'a' }));
	await expect(collect(pipe(many, parallel([words(), stem()], { workers: 2 })))).rejects.toThrow(
		/^document 401: words: expected a text in the field "text", got null\. Name/,
	);
});
