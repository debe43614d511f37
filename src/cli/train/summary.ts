// How a training run ended: test accuracy, three predictions, keywords, where the model is, what to do next.
import { tfidf } from '../../features/index.js';
import { keywords } from '../../keywords/index.js';
import type { Documents } from '../../stream/index.js';
import { englishStopwords } from '../../text/index.js';
import { corpusOf, evaluate, type Model, type Recipe, type TextClassification, type Trained } from '../../train/recipes.js';
import { count, excerpt, percent, print } from '../output.js';
import { collectMistakes, saveEvaluation } from './saved-evaluation.js';

/** A run that went to its end. */
export interface Finished {
	readonly recipe: Recipe<TextClassification>;
	readonly result: Trained<TextClassification>;
	readonly model: Model<TextClassification>;
	readonly data: string | null | undefined;
	readonly out: string;
	/** Whether the corpus is a file of the user's own. */
	readonly own: boolean;
	readonly seconds: number;
	readonly json: boolean;
}

/** Evaluates and prints. */
export async function summarize({ recipe, result, model, data, out, own, seconds, json }: Finished): Promise<void> {
	const corpus = corpusOf(recipe.corpus);
	const test = corpus.test(data) as Documents<{ text: string; label: string }> & { readonly origin: string };
	const { mistakes, onMistake } = collectMistakes();
	const evaluation = await evaluate(model, test, { onMistake });
	await saveEvaluation(out, evaluation, mistakes);
	if (recipe.task.name !== 'text-classification')
		return figures({ evaluation, origin: test.origin, best: result.best, seconds, out, json });
	const { accuracy, documents } = evaluation;
	if (json) return print(JSON.stringify({ event: 'end', accuracy, documents, loss: evaluation.loss, best: result.best, seconds, out }));
	await print(`\nTest accuracy: ${percent(accuracy)} on ${count(documents)} held-out documents (${test.origin})`);

	if (result.advice) await print(result.advice.line);

	const samples: { text: string; label: string }[] = [];
	for await (const doc of test) if (samples.push(doc) === 3) break;
	await print('\nThree of them:');
	for (const [place, prediction] of (await model.predict(samples.map(({ text }) => text))).entries()) {
		const chances = prediction.probabilities.map((share, label) => `${model.labels[label]} ${percent(share)}`).join(', ');
		await print(`  ${prediction.label === samples[place]!.label ? 'right' : 'wrong'}  ${excerpt(prediction.text)}\n         ${chances}`);
	}
	const [first] = samples;
	if (first)
		await print(
			`\nKeywords of the first (TF-IDF): ${(await topKeywords(corpus.train(data) as Documents<{ text: string }>, model, first.text)).join(', ')}`,
		);
	await print(`\nSaved in ${out} after ${seconds.toFixed(1)} s. Try:
  textloom predict ${out} -          one text a line, Ctrl-D to end
  textloom evaluate ${out}${own ? ' FILE     another file of this kind' : data === null ? ' --sample' : data === undefined ? '' : ` --data ${data}`}
  textloom info`);
}

/** The figures of a task that is no text classification. */
async function figures({ evaluation, origin, best, seconds, out, json }: Figures): Promise<void> {
	if (json) return print(JSON.stringify({ event: 'end', ...evaluation, best, seconds, out }));
	const numbers = Object.entries(evaluation).filter(([, value]) => typeof value === 'number');
	await print(
		`\nOn held-out documents (${origin}): ${numbers.map(([name, value]) => `${name} ${Number((value as number).toPrecision(4))}`).join(', ')}`,
	);
	await print(`\nSaved in ${out} after ${seconds.toFixed(1)} s.`);
}

interface Figures {
	readonly evaluation: object;
	readonly origin: string;
	readonly best: unknown;
	readonly seconds: number;
	readonly out: string;
	readonly json: boolean;
}

/** Documents that keyword weights are learned from: more add little. */
const keywordDocuments = 5000;

/** By the tokens that the model itself sees. */
async function topKeywords(source: Documents<{ text: string }>, model: Model, text: string): Promise<string[]> {
	const docs: { text: string }[] = [];
	for await (const doc of source) if (docs.push({ text: doc.text }) === keywordDocuments) break;
	const tokens = (docs: readonly { text: string }[]) => model.stages.apply(docs) as { tokens: string[] }[];
	const fitted = await tfidf({ minDocuments: 2 }).fit(tokens(docs));
	const [doc] = tokens([{ text }]);
	return keywords(fitted, doc!.tokens, { top: 5, stopwords: englishStopwords }).map(({ keyword }) => keyword);
}
