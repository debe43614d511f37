// How a training run ended: why, how good it is, three predictions, keywords, where the model is, what to do next.
import type { Documents } from '../../stream/index.js';
import {
	type Calibration,
	corpusOf,
	evaluate,
	type Model,
	type Recipe,
	type RecipeDocuments,
	type TextClassification,
	type TextPair,
	type Trained,
	type Translation,
} from '../../train/recipes.js';
import { type Evaluation, figures } from '../evaluate/report.js';
import { count, excerpt, percent, print, shellWord } from '../output.js';
import { fingerprinted } from '../own/fingerprint.js';
import { topKeywords } from './keywords.js';
import { collectMistakes, saveEvaluation, writtenForm } from './saved-evaluation.js';

/** A run that went to its end. */
export interface Finished {
	readonly recipe: Recipe;
	readonly result: Trained;
	readonly data: string | null | undefined;
	readonly out: string;
	readonly seconds: number;
	readonly json: boolean;
	/** The command line that goes on with the run. */
	readonly command: string;
}

/** Evaluates and prints. */
export async function summarize({ recipe, result, data, out, seconds, json, command }: Finished): Promise<void> {
	const { model, best, advice, calibration } = result;
	const corpus = corpusOf(recipe.corpus);
	const test = corpus.test(data);
	const { mistakes, onMistake } = collectMistakes();
	const { docs, fingerprint } = fingerprinted(test);
	const evaluation: Evaluation = await evaluate(model, docs, { onMistake });
	await saveEvaluation(out, { ...evaluation, fingerprint: fingerprint() }, mistakes);
	if (json) return print(JSON.stringify({ event: 'end', ...writtenForm(evaluation), end: result.end, best, calibration, seconds, out }));
	await print(`\n${endOf(result)}${result.end === 'time' ? ` For more, go on with: ${command}` : ''}`);
	if (calibration) await print(calibrationLine(calibration));
	await print(`On ${count(evaluation.documents)} held-out documents (${test.origin}): ${figures(evaluation)}`);
	const baseline = baselineOf(evaluation);
	if (baseline) await print(baseline);
	if (advice) await print(advice.line);
	if (recipe.task.name === 'translation') await translated(model as Model<Translation>, test as RecipeDocuments<TextPair>);
	if (isSingleLabel(model)) await examples(model, corpus.train(data) as Documents<Labelled>, test as RecipeDocuments<Labelled>);
	const { name, needs } = recipe.task;
	const tried = name === 'translation' ? 'generate' : name === 'text-classification' || 'tokens' in needs ? 'predict' : undefined;
	const folder = shellWord(out);
	await print(`\nSaved in ${out} after ${seconds.toFixed(1)} s: evaluation.json has all figures, mistakes.jsonl what it said wrong. Try:
  npx textloom evaluate ${folder}${tried ? `\n  npx textloom ${tried} ${folder} --text "a text of yours"` : ''}`);
}

/** What the calibration came to. */
const calibrationLine = ({ temperature, ece, documents }: Calibration) =>
	`Calibrated: logits are divided by ${temperature.toFixed(3)}; ECE ${ece.before.toFixed(4)} before, ${ece.after.toFixed(4)} after, on ${count(documents)} validation documents.`;

/** What is to be said of a model that is hardly better than one that always says the same. */
function baselineOf({ labels = [], confusion, documents, ...figures }: Evaluation): string | undefined {
	const { accuracy } = figures as { accuracy?: number };
	if (!confusion || accuracy === undefined) return undefined;
	const rows = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
	const most = Math.max(...rows);
	const share = most / rows.reduce((sum, count) => sum + count, 0);
	if (documents === 0) return undefined;
	if (share === 1)
		return `All of these are "${labels[rows.indexOf(most)]}": they say nothing of other labels. Add documents of those, or name files by --test.`;
	if (accuracy > share + 0.02) return undefined;
	return `To say always "${labels[rows.indexOf(most)]}" would be right in ${percent(share)}: it has learned little so far. Try more epochs, or another model.`;
}

interface Labelled {
	readonly text: string;
	readonly label: string | number;
}

const isSingleLabel = (model: Model): model is Model<TextClassification> =>
	model.config.head.problem_type === 'single_label_classification' && model.task.name === 'text-classification';

/** Why the run ended, and which epoch was kept. */
function endOf({ end, history, best }: Trained): string {
	const epochs = history.at(-1)?.epoch ?? 0;
	const why = {
		epochs: `Stopped after ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}, as many as it was to be`,
		steps: `Stopped after epoch ${epochs}, at its last step`,
		time: `Stopped in epoch ${epochs}, since its time was over (--stop-after)`,
		patience: `Stopped after ${epochs} epochs: the last ${epochs - (best?.epoch ?? 0)} were no better`,
	};
	if (end === 'solved') return 'Solved from all of them.';
	return `${end ? why[end] : `Stopped after ${epochs} epochs`}${best ? `; kept is epoch ${best.epoch}` : '; kept is the last'}.`;
}

/** Three documents with what the model says of them, and the keywords of the first. */
async function examples(model: Model<TextClassification>, train: Documents<Labelled>, test: Documents<Labelled>): Promise<void> {
	const samples: Labelled[] = [];
	for await (const doc of test) if (samples.push(doc) === 3) break;
	await print('\nThree of them:');
	for (const [place, prediction] of (await model.predict(samples.map(({ text }) => text))).entries()) {
		const chances = prediction.probabilities
			.map((chance, label) => ({ chance, name: model.labels[label]! }))
			.sort((a, b) => b.chance - a.chance)
			.slice(0, 4);
		const right = prediction.label === String(samples[place]!.label);
		await print(
			`  ${right ? 'right' : 'wrong'}  ${excerpt(prediction.text)}\n         ${chances.map(({ name, chance }) => `${name} ${percent(chance)}`).join(', ')}`,
		);
	}
	const [first] = samples;
	const words = first ? await topKeywords(train, first.text) : [];
	if (words.length > 0) await print(`\nKeywords of the first (TF-IDF): ${words.join(', ')}`);
}

/** Three texts with what the model makes of them, and what they are in the corpus. */
async function translated(model: Model<Translation>, test: Documents<TextPair>): Promise<void> {
	const samples: TextPair[] = [];
	for await (const doc of test) if (samples.push(doc) === 3) break;
	await print('\nThree of them:');
	for (const { text, target, translation } of await model.predict(samples))
		await print(`  text         ${excerpt(text)}\n  translation  ${excerpt(translation)}\n  reference    ${excerpt(target)}\n`);
}
