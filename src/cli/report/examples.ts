// The examples of a report: right and wrong answers, the mistakes that the model was most sure of, each with what carried it.
import type { ExampleGroup, ReportedAttention, ReportedExample } from '../../report/index.js';
import { byteText } from '../../text/subword/training/byte-alphabet.js';
import { createExplainer, type ExplainOptions, type Explanation, type Model, type Translated } from '../../train/recipes.js';
import type { Judged } from './documents.js';
import type { Fields } from './files.js';

/** Examples of each kind. */
const each = 5;

const answerIn = ({ label, tags, value, target, translation }: Fields): string => {
	const answer = label ?? tags ?? value ?? translation ?? target;
	return (Array.isArray(answer) ? answer.join(Array.isArray(tags) ? ' ' : ', ') : String(answer ?? 'none')) || 'none';
};

function exampleOf({ doc, said }: Judged): ReportedExample {
	const { text, tokens } = doc as { text?: unknown; tokens?: readonly string[] };
	const [truth, told] = [answerIn(doc), answerIn(said)];
	return {
		text: typeof text === 'string' ? text : (tokens ?? []).join(' '),
		...{ truth, said: told, right: truth === told },
		// That of a translation is a logarithm.
		...(typeof said.score === 'number' && said.translation === undefined && { score: said.score }),
	};
}

/** Groups of examples: from held-out documents, and from the mistakes that the run has kept. */
export function exampleGroups(judged: readonly Judged[], mistakes: readonly Judged[]): ExampleGroup[] {
	const right = judged.map(exampleOf).filter((one) => one.right);
	const known = mistakes.length > 0 ? mistakes : judged;
	const wrong = known.map(exampleOf).filter((one) => !one.right);
	const sure = wrong.filter(({ score }) => score !== undefined).sort((a, b) => b.score! - a.score!);
	const surest = new Set(sure.slice(0, each));
	return [
		{ title: 'Right', examples: right.slice(0, each) },
		{ title: 'Wrong', examples: wrong.filter((one) => !surest.has(one)).slice(0, each) },
		{ title: 'Wrong, and most sure', examples: [...surest] },
	].filter(({ examples }) => examples.length > 0);
}

const methods = [
	['gradient', 'gradient × input'],
	['occlusion', 'what the probability falls by without them'],
] as const;

/** The groups with the weights of their words, by the first method that the model allows; and how, in words. */
export async function explained(
	model: Model,
	groups: readonly ExampleGroup[],
	threads: number | undefined,
): Promise<{ groups: readonly ExampleGroup[]; method?: string }> {
	const all = groups.flatMap(({ examples }) => examples);
	if (all.length === 0) return { groups };
	for (const [method, words] of methods) {
		const found = await explanationsOf(model, all, { method, ...(threads !== undefined && { threads }) });
		if (!found) continue;
		const by = new Map(all.map((example, place) => [example, found[place]!]));
		return {
			groups: groups.map(({ title, examples }) => ({ title, examples: examples.map((one) => ({ ...one, tokens: by.get(one)!.tokens })) })),
			method: words,
		};
	}
	return { groups };
}

/** Where a model of translation looked in the first of texts that are short enough to be drawn. */
export function lookedIn(judged: readonly Judged[]): ReportedAttention | undefined {
	const all = judged.flatMap(({ doc, said }) => (said.attention ? [{ text: String(doc.text), said: said as unknown as Translated }] : []));
	const [first] = [...all].sort((a, b) => Math.abs(a.text.length - 80) - Math.abs(b.text.length - 80));
	if (!first) return undefined;
	const { text, said } = first;
	const { source, said: tokens, weights } = said.attention!;
	const read = (token: string) => byteText(token) ?? token;
	const sums = source.map((_, place) => weights.reduce((sum, row) => sum + (row[place] ?? 0), 0));
	return {
		...{ text, said: said.translation, table: weights, rows: tokens.map(read) },
		tokens: source.map((token, place) => ({ token: read(token), weight: sums[place]! })),
	};
}

/** Where the model looked in the first example that is short enough to be drawn. */
export async function attentionIn(
	model: Model,
	groups: readonly ExampleGroup[],
	threads: number | undefined,
): Promise<ReportedAttention | undefined> {
	const all = groups.flatMap(({ examples }) => examples);
	const shortest = [...all].sort((a, b) => Math.abs(a.text.length - 80) - Math.abs(b.text.length - 80)).slice(0, 1);
	const found = await explanationsOf(model, shortest, { method: 'attention', ...(threads !== undefined && { threads }) });
	if (!found?.[0]) return undefined;
	const [{ text, tokens, attention }] = found as [Explanation];
	return { text, said: shortest[0]!.said, tokens, ...(attention && { table: attention }) };
}

/** Nothing where the model is none that can be explained in this way, as one without attention. */
async function explanationsOf(model: Model, examples: readonly ReportedExample[], options: ExplainOptions) {
	if (examples.length === 0) return undefined;
	try {
		const explainer = await createExplainer(model, options);
		try {
			return await explainer.explain(examples.map(({ text }) => text));
		} finally {
			await explainer.close();
		}
	} catch (error) {
		if (error instanceof TypeError) return undefined;
		throw error;
	}
}
