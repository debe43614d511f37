// A task: what a document must have, how its answer becomes numbers, the loss, the metrics, and what a model says of a new document.
import type { Json } from '../../base/index.js';
import type { GenerateOptions, Hypothesis } from '../../decode/index.js';
import type { Tensor, Value } from '../../graph/index.js';
import type { AnyLearner, AnyStage, FieldNeeds } from '../../stream/index.js';
import type { Metrics } from '../fit/validate.js';
import type { InputPlan, Losses, Named } from '../step/model.js';
import type { Arrays } from './arrays.js';

/**
 * A kind of work, by its name at Hugging Face. `Doc` is what a document must have to be learned from, `Said` the fields that a model adds to a
 * document, `Measured` what an evaluation comes to, `Learned` what has to be known of all documents beforehand, such as the classes.
 */
export interface Task<
	Doc extends object = object,
	Said extends object = object,
	Measured extends object = object,
	Learned extends Json = Json,
> {
	readonly name: string;
	readonly options: Json;
	/** What it asks of a model: something of the whole document (default), of each of its tokens, or a sequence of other tokens. */
	readonly each?: Each;
	/** Where it asks for a sequence: the text that the sequence stands for. */
	readonly target?: Target;
	/** The fields of `Doc` with their kinds, beside those that the recipe's stages need. */
	readonly needs: FieldNeeds<Doc>;
	/** Learns of all documents; what it gives is kept in the model's folder. */
	readonly learn: Learn<Doc, Learned>;
	/** The head of a model, when that is known; with the stages of both texts where one is to be said. */
	head(learned: Learned, stages?: PairStages): Head<Doc, Said, Measured>;
}

/** The stages of a text that is read, and of one that is said. */
export interface PairStages {
	readonly source: AnyStage;
	readonly target: AnyStage;
}

/** What a model says something of: a document, each of its tokens, or a document by a sequence of tokens. */
export type Each = 'document' | 'token' | 'sequence';

/** A text that is said token by token. */
export interface Target {
	/** The field of a document that has it. */
	readonly field: string;
	/** What it goes through to its `ids`. Default: the recipe's stages, which learn of both texts then. */
	readonly stages?: AnyStage | AnyLearner | undefined;
}

/** Learning from documents, one after the other. */
export interface Learn<Doc extends object, Learned> {
	start(): object;
	// biome-ignore lint/suspicious/noExplicitAny: what is added up is the task's own affair.
	add(state: any, doc: Doc): void;
	// biome-ignore lint/suspicious/noExplicitAny: as above.
	finish(state: any): Learned;
}

/** What a task makes of a network's results. */
export type Head<Doc extends object, Said extends object, Measured extends object> =
	| LogitsHead<Doc, Said, Measured>
	| SequenceHead<Doc, Said, Measured>;

/** What every head has. */
interface HeadParts<Doc extends object, Said extends object, Measured extends object> {
	/** Numbers that the network gives, for a document or for each of its tokens. */
	readonly outputs: number;
	/** What a batch holds beside the network's inputs: the answers. */
	readonly inputs: Readonly<Record<string, InputPlan>>;
	/** What fills the answers of shorter documents up. Default 0. */
	readonly padding?: Readonly<Record<string, number>>;
	/** The loss of the network's results and a batch. */
	loss(logits: Value, batch: Named): Losses[string];
	/** Metrics while it trains, and the one that chooses the best epoch. */
	readonly metrics: Metrics;
	readonly monitor: readonly string[];
	/** Facts for config.json that other programs read, such as `id2label`. */
	readonly config: Readonly<Record<string, Json>>;
	/** Set where each document is of one class, whose number is in `targets`: how much each class counts, and how much of it is spread. */
	readonly classes?: { readonly weights: readonly number[] | undefined; readonly smoothing: number };
	/** How logits become probabilities, where they do: what a temperature can be found for. */
	readonly probabilities?: 'softmax' | 'sigmoid';
	/** How an evaluation adds up documents with their answers and what was said of them. */
	readonly measure: Measure<Doc, Said, Measured>;
}

/** A head of models that say something by the numbers of one run. */
export interface LogitsHead<Doc extends object, Said extends object, Measured extends object> extends HeadParts<Doc, Said, Measured> {
	/** The answer of a document, by the names of these inputs. */
	answer(doc: Doc): Arrays;
	/** What is said of a document by its own results: `[outputs]`, or `[tokens, outputs]`. */
	say(logits: Tensor, doc: object): Said;
}

/** A head of models that say one token after another. */
export interface SequenceHead<Doc extends object, Said extends object, Measured extends object> extends HeadParts<Doc, Said, Measured> {
	/** The answer that the ids of a text are, by the names of these inputs. */
	answerOf(ids: ArrayLike<number>): Arrays;
	readonly generation: Generation<Said>;
}

/** How a model says sequences. */
export interface Generation<Said extends object> {
	/** The tokens that they begin and end with. */
	readonly start: number;
	readonly end: number;
	readonly options: GenerateOptions;
	/** What is said of a document by its sequences, best first; none of a document without a token. */
	say(found: readonly Hypothesis[], doc: object): Promise<Said>;
}

/** An evaluation as a fold. */
export interface Measure<Doc extends object, Said extends object, Measured extends object> {
	start(): object;
	// biome-ignore lint/suspicious/noExplicitAny: as above.
	add(state: any, doc: Doc, said: Said): void;
	// biome-ignore lint/suspicious/noExplicitAny: as above.
	result(state: any): Measured;
	/** Whether what was said is the document's answer. */
	right(doc: Doc, said: Said): boolean;
}

/** A task of any documents. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where the types of a task are erased.
export type AnyTask = Task<any, any, any, any>;

/** What a document must have to be learned from. */
export type DocOf<T> = T extends Task<infer Doc, infer _S, infer _M, infer _L> ? Doc : never;
/** What a model of a task says. */
export type SaidOf<T> = T extends Task<infer _D, infer Said, infer _M, infer _L> ? Said : never;
/** What an evaluation of a task comes to. */
export type MeasuredOf<T> = T extends Task<infer _D, infer _S, infer Measured, infer _L> ? Measured : never;
