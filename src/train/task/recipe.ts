// A recipe: everything a training run is made of, as one declared object.
import { argumentOf, is, type Kinds, optionsOf } from '../../base/index.js';
import type { Optimizer } from '../../optim/index.js';
import type { AnyLearner, AnyStage, Counts, Documents, Source } from '../../stream/index.js';
import { type FilledOptions, type FitOptions, fitOptions } from '../fit/position.js';
import type { Architecture } from './network.js';
import type { AnyTask, DocOf } from './task.js';

/** Documents of a corpus, and where they come from. */
export interface RecipeDocuments<D = object> extends Documents<D> {
	/** In words, for a summary. */
	readonly origin: string;
	/** Whether these are a sample that came with the package. */
	readonly sample: boolean;
	/** What the last pass counted: invalid UTF-8, rows left out. */
	readonly counts?: Counts;
}

/** What to train on. `train` and `test` read a data folder, else that of TEXTLOOM_DATA, else the cache, else the sample; null asks for the sample. */
export interface RecipeCorpus<D = object> {
	readonly name: string;
	train(folder?: string | null): RecipeDocuments<D>;
	test(folder?: string | null): RecipeDocuments<D>;
}

/** A corpus that was published without documents for testing. */
export interface WholeCorpus<D = object> {
	readonly name: string;
	train(folder?: string | null): RecipeDocuments<D>;
	readonly test?: undefined;
}

/** Rows of a file that alone knows its columns. */
type Rows = Record<string, string>;

/** Something to be trained. */
export interface Recipe<T extends AnyTask = AnyTask, D extends DocOf<T> = DocOf<T>> {
	readonly task: T;
	/**
	 * A corpus, or any documents that can be read several times, such as the rows of a CSV file, whose columns are looked at when it is read. Where
	 * none are for testing a tenth is held out.
	 */
	readonly corpus: RecipeCorpus<D> | WholeCorpus<D> | Source<D> | RecipeCorpus<Rows> | Source<Rows>;
	/** From a document to the fields that the model reads: to `ids`, as a vocabulary or a tokenizer of subwords gives them. */
	readonly stages: AnyStage | AnyLearner;
	readonly model: Architecture;
	/** One, or what makes one of how long the run goes, as schedules over the whole run need it. Not for a model that is solved. */
	readonly optimizer?: Optimizer | ((run: RunLength) => Optimizer);
	readonly training?: RecipeTraining;
}

/** How long a run goes at most. */
export interface RunLength {
	readonly epochs: number;
	readonly steps: number;
	readonly stepsPerEpoch: number;
}

/** How a recipe trains: as `fit` does, and these. Without `epochs`, `steps` and `patience` it ends after three epochs that were no better. */
export interface RecipeTraining extends FitOptions {
	/** Documents are cut at this many tokens. Default: the model's longest, else 400. */
	readonly maxLength?: number;
	/** The share of the training documents that is held out to choose the best epoch. Default 0.1. */
	readonly validation?: number;
	/**
	 * Whether the logits of the trained model are divided by the temperature at which the probabilities of the validation documents have the least
	 * cross-entropy (Guo et al. 2017). Default false.
	 */
	readonly calibrate?: boolean;
}

const defaults = { epochs: 10, batchSize: 64, maxLength: 400, validation: 0.1, calibrate: false };

/**
 * Where a recipe says nothing of how long it trains: it ends after some epochs without a better one, but not before so many steps, since a few
 * hundred documents need more passes than many. Who says how many epochs gets them all.
 */
const untold = { patience: 3, minSteps: 300 };

const kinds: Kinds<Recipe> = {
	task: is.needed(is.object),
	corpus: is.needed({
		expected: 'a corpus, or documents that can be read several times',
		fits: (value) => is.source.fits(value) || typeof (value as { train?: unknown } | null)?.train === 'function',
		next: "Pass one such as csv('tickets.csv', { header: true }), an array, or a corpus of textloom/corpora.",
	}),
	stages: is.needed({
		expected: 'a stage or a learner that ends in what the model reads',
		fits: (value) => is.spec.fits((value as { spec?: unknown } | null)?.spec),
		next: 'Write chain(clean(), words(), vocabulary()).',
	}),
	model: is.needed(is.object),
	optimizer: is.either(is.object, is.function),
	training: is.object,
};

/** A recipe with options that it has, and no others. Throws where something is missing or misspelled. */
export function checkRecipe<T extends AnyTask>(recipe: Recipe<T>): Recipe<T> {
	const checked = optionsOf<Recipe>('train', argumentOf('train', 'recipe', recipe, is.object), kinds) as Recipe<T>;
	const { model, optimizer, training = {} } = checked;
	expectKind(checked);
	if (!model.solve) {
		if (optimizer) return checked;
		throw new TypeError(`train: expected an optimizer for ${model.spec.model}, got none. Write optimizer: adam().`);
	}
	const idle = optimizer ? 'optimizer' : Object.keys(training).find((name) => name !== 'seed');
	if (idle === undefined) return checked;
	throw new TypeError(`train: expected the seed alone beside ${model.spec.model}, which is solved at once, got ${idle}. Leave it out.`);
}

const says = {
	document: 'says something of each document',
	token: 'says something of each token',
	sequence: 'answers by a sequence of tokens',
} as const;

/** A model that says something of documents does not say what a task asks of each token, and the other way round. */
function expectKind({ task: { name, target, each: asked = 'document' }, model: { spec, each = 'document' } }: Recipe): void {
	if (asked === each && (each !== 'sequence' || target)) return;
	if (asked === each)
		throw new TypeError(`train: expected the target of ${name}, which asks for sequences, got none. Say which field has it.`);
	throw new TypeError(
		`train: expected a model that ${says[asked]}, as ${name} asks, got ${spec.model}, which ${says[each]}. Choose another, or set its each.`,
	);
}

/** How a recipe trains, defaults filled in. Throws a RangeError for a number that cannot be meant. */
export function trainingOf({
	training = {},
	model,
}: Recipe): FilledOptions & Required<Pick<RecipeTraining, 'maxLength' | 'validation' | 'calibrate'>> {
	const said = training.epochs !== undefined || training.steps !== undefined || training.patience !== undefined;
	const { minLength, maxLength: longest = Number.POSITIVE_INFINITY } = model;
	const own = {
		...(model.maxLength !== undefined && { maxLength: longest }),
		...(!said && untold),
		// All documents are solved for: there is no best epoch to choose.
		...(model.solve && { validation: 0 }),
	};
	const { maxLength, validation, calibrate, ...options } = { ...defaults, ...own, ...training };
	if (!Number.isSafeInteger(maxLength) || maxLength < minLength || maxLength > longest) {
		const range = model.maxLength === undefined ? `from ${minLength}` : `from ${minLength} to ${longest}`;
		throw new RangeError(`train: expected maxLength to be a whole number ${range}, got ${maxLength}. Correct it, or choose another model.`);
	}
	if (!(validation >= 0 && validation < 1)) {
		throw new RangeError(`train: expected validation to be a share from 0 to below 1, got ${validation}. Correct it.`);
	}
	if (typeof calibrate !== 'boolean') throw new TypeError(`train: expected calibrate to be true or false, got ${calibrate}. Correct it.`);
	return { ...fitOptions(options, 'train'), maxLength, validation, calibrate };
}

/** The optimizer of a run over so many documents. */
export function optimizerOf(
	{ optimizer }: Recipe,
	{ epochs, steps, minSteps, batchSize }: FilledOptions,
	{ documents, accumulate = 1 }: { readonly documents: number; readonly accumulate?: number | undefined },
): Optimizer | undefined {
	if (typeof optimizer !== 'function') return optimizer;
	const stepsPerEpoch = Math.ceil(Math.ceil(documents / batchSize) / accumulate);
	const most = Math.min(Math.max(epochs * stepsPerEpoch, minSteps), steps ?? Number.POSITIVE_INFINITY);
	return optimizer({ stepsPerEpoch, steps: most, epochs: Math.ceil(most / stepsPerEpoch) });
}
