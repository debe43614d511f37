// Several classifiers of one set of labels as one: by the mean of their probabilities, or by their votes.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { collect, type Documents, documents, documentsFrom, type Source } from '../../stream/index.js';
import { largest } from '../fit/validate.js';
import { type Common, documentsIn } from '../task/model.js';
import type { Predictor } from '../task/predictor.js';
import type { AnyTask, Measure, Task } from '../task/task.js';
import type { ClassificationMeasures, OneLabel, Prediction, ThresholdMeasures } from './one-label-measure.js';
import { textClassification } from './text-classification.js';

/** How models decide together. */
export interface EnsembleOptions {
	/** `soft` (default) says the label of the largest mean probability, `hard` the one that most models say; of equal ones that of the larger mean. */
	readonly vote?: 'soft' | 'hard';
	/** How much each model counts. Default: 1 each. */
	readonly weights?: readonly number[];
	/** With a mean probability below this the answer is none. Those of the models say nothing here. */
	readonly threshold?: number | undefined;
}

/** What an ensemble says: probabilities are the means of its models', by their weights. */
export interface EnsemblePrediction<Label extends string | null = string> extends Prediction<Label> {
	/** The most probable label of each model. */
	readonly votes: readonly string[];
}

/** What an evaluation has beside that of one model. */
export interface MemberMeasures {
	/** The share that each model has right by itself, in their order. */
	readonly memberAccuracies: readonly number[];
}

/** The task of an ensemble. */
export type EnsembleClassification = Task<OneLabel, EnsemblePrediction, ClassificationMeasures & MemberMeasures>;

/** The same with a threshold. */
export type ThresholdEnsemble = Task<OneLabel, EnsemblePrediction<string | null>, ThresholdMeasures & MemberMeasures>;

/** Several models as one. */
export type Ensemble<T extends AnyTask = EnsembleClassification> = Predictor<T>;

const kinds: Kinds<EnsembleOptions> = {
	vote: is.one('soft', 'hard'),
	weights: is.list({ expected: 'a number from 0', fits: (value) => typeof value === 'number' && value >= 0 && value < Infinity }),
	threshold: is.share,
};

/**
 * Several classifiers as one, of whatever kinds: each has its own stages. It is a step of a pipe, and `evaluate` takes it like a model. `close` closes all of them.
 *
 * @example
 * const both = ensemble([await load('runs/words'), await load('runs/characters')], { vote: 'soft', weights: [2, 1] });
 * const { accuracy, memberAccuracies } = await evaluate(both, agNews.test());
 *
 * @throws {TypeError} where a model is none of one label for each text.
 * @throws {RangeError} where the models have other labels than the first.
 */
export function ensemble(models: readonly Predictor[], options: EnsembleOptions & { threshold: number }): Ensemble<ThresholdEnsemble>;
export function ensemble(models: readonly Predictor[], options?: EnsembleOptions & { threshold?: undefined }): Ensemble;
export function ensemble(models: readonly Predictor[], options?: EnsembleOptions): Ensemble | Ensemble<ThresholdEnsemble>;
export function ensemble(models: readonly Predictor[], options: EnsembleOptions = {}): Ensemble | Ensemble<ThresholdEnsemble> {
	const { vote = 'soft', weights = models.map(() => 1), threshold } = optionsOf('ensemble', options, kinds);
	const { labels, config: first } = checkModels(models);
	const all = weights.reduce((sum, weight) => sum + weight, 0);
	if (weights.length !== models.length || all === 0) {
		throw new RangeError(
			`ensemble: expected a weight for each of ${models.length} models, not all 0, got ${weights.join(', ') || 'none'}. Correct them.`,
		);
	}
	const shares = weights.map((weight) => weight / all);
	const decide = (said: readonly Said[]) => decided(labels, shares, { said, vote, threshold });
	const step = (source: Source<object>): Documents<object> => {
		const docs = documents(source, 'predict');
		let votes: Documents<Voted> = documentsFrom(async function* () {
			for await (const chunk of docs.chunks()) yield chunk.map((doc) => ({ ...doc, [ballot]: { doc, said: [] } }));
		}, docs.replayable);
		// One after the other on the same windows: threads of several sessions at once would disturb each other.
		for (const model of models) votes = voted(model, votes);
		return documentsFrom(async function* () {
			for await (const chunk of votes.chunks()) yield chunk.map(({ [ballot]: { doc, said } }) => ({ ...doc, ...decide(said) }));
		}, docs.replayable);
	};
	const task = taskOf(models, threshold);
	const { names, counts } = first.task.learned as { names: string[]; counts: number[] };
	const head = task.head({ names, counts });
	const notices = models.flatMap(({ notice }) => notice ?? []);
	return Object.assign(step, {
		config: {
			task: { name: task.name, options: task.options, learned: { names, counts } },
			...{ name: first.name, head: head.config },
		},
		...{ task, head, labels },
		...(notices.length > 0 && { notice: notices.join(' ') }),
		predict: async (given: readonly (string | object)[]) => collect(step(documentsIn(given))),
		close: async () => {
			await Promise.all(models.map((model) => model.close()));
		},
	}) as unknown as Ensemble;
}

/** What a model said of a document. */
interface Said extends Prediction<string | null>, Common {}

/** Where what is said of a document is kept while it goes from model to model. */
const ballot = Symbol('ballot');

interface Voted {
	readonly [ballot]: { readonly doc: object; readonly said: readonly Said[] };
}

/** The documents as they came, with what one more model says of them. */
function voted(model: Predictor, docs: Documents<Voted>): Documents<Voted> {
	return documentsFrom(async function* () {
		for await (const chunk of (model(docs) as Documents<Voted & Said>).chunks()) {
			yield chunk.map(({ [ballot]: { doc, said }, label, score, probabilities, cut, warning }) => ({
				...doc,
				[ballot]: { doc, said: [...said, { label, score, probabilities, cut, ...(warning !== undefined && { warning }) }] },
			}));
		}
	}, docs.replayable);
}

/** What they say together. */
function decided(
	labels: readonly string[],
	shares: readonly number[],
	{ said, vote, threshold }: { said: readonly Said[]; vote: 'soft' | 'hard'; threshold: number | undefined },
): EnsemblePrediction<string | null> & Common {
	const sum = (of: (said: Said, label: number) => number) =>
		labels.map((_, label) => said.reduce((total, one, place) => total + shares[place]! * of(one, label), 0));
	const probabilities = sum((one, label) => one.probabilities[label]!);
	const votes = said.map((one) => largest(one.probabilities));
	let best = largest(probabilities);
	if (vote === 'hard') {
		const counts = labels.map(() => 0);
		for (const [place, label] of votes.entries()) counts[label]! += shares[place]!;
		// Sums of shares are rounded: what differs by less is equal.
		const most = Math.max(...counts) - 1e-9;
		best = counts.reduce(
			(found, count, label) => (count >= most && (found < 0 || probabilities[label]! > probabilities[found]!) ? label : found),
			-1,
		);
	}
	const score = probabilities[best]!;
	const warning = said.find((one) => one.warning !== undefined)?.warning;
	return {
		label: threshold !== undefined && score < threshold ? null : labels[best]!,
		...{ score, probabilities, votes: votes.map((label) => labels[label]!) },
		...{ cut: said.some(({ cut }) => cut), ...(warning !== undefined && { warning }) },
	};
}

/** Text classification, whose evaluation tells how good each model is by itself, too. */
function taskOf(models: readonly Predictor[], threshold: number | undefined): EnsembleClassification {
	const task = textClassification(threshold === undefined ? {} : ({ threshold } as object)) as unknown as EnsembleClassification;
	return {
		...task,
		head(learned) {
			const head = task.head(learned);
			const { start, add, result, right } = head.measure;
			const measure: Measure<OneLabel, EnsemblePrediction, ClassificationMeasures & MemberMeasures> = {
				start: () => ({ whole: start(), right: models.map(() => 0), documents: 0 }),
				add(state: Members, doc, said) {
					add(state.whole, doc, said);
					for (const [place, vote] of said.votes.entries()) if (vote === String(doc.label)) state.right[place]!++;
					state.documents++;
				},
				result: ({ whole, right, documents }: Members) => ({
					...result(whole),
					memberAccuracies: right.map((count) => count / documents),
				}),
				right,
			};
			return { ...head, measure };
		},
	};
}

interface Members {
	readonly whole: object;
	readonly right: number[];
	documents: number;
}

const isModel = (one: unknown): one is Predictor => typeof one === 'function' && 'task' in one && 'labels' in one;

/** The first of the models. Throws where they cannot decide together. */
function checkModels(models: readonly Predictor[]): Predictor {
	const [first] = Array.isArray(models) && models.every(isModel) ? models : [];
	if (!first || models.length < 2) {
		const got = Array.isArray(models) ? models.length : typeof models;
		throw new TypeError(
			`ensemble: expected two models or more, got ${got}. Load them first: [await load('runs/a'), await load('runs/b')].`,
		);
	}
	for (const [place, { task, config, labels }] of models.entries()) {
		const problem = config.head.problem_type;
		if (task.name !== 'text-classification' || problem !== 'single_label_classification') {
			const got = task.name === 'text-classification' ? problem : task.name;
			throw new TypeError(`ensemble: expected models of one label for each text, got ${got} of model ${place + 1}. Leave it out.`);
		}
		if (JSON.stringify(labels) === JSON.stringify(first.labels)) continue;
		const [here, there] = [labels.find((one) => !first.labels.includes(one)), first.labels.find((one) => !labels.includes(one))];
		const got = here === undefined && there === undefined ? 'another order' : `${JSON.stringify(here ?? there)}, which`;
		const who = here === undefined && there !== undefined ? 'model 1' : `model ${place + 1}`;
		throw new RangeError(
			`ensemble: expected the same labels of each model, got ${got}${got.endsWith('which') ? ` only ${who} has` : ` of ${who}`}. Train all on the same labels.`,
		);
	}
	return first;
}
