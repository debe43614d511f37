// From documents to numbers: what learns is fitted (the task's answers, the stages), then every document becomes arrays.
import type { WordVectors } from '../../embeddings/index.js';
import {
	type AnyLearner,
	type AnyStage,
	asyncStage,
	chainParts,
	concat,
	type Documents,
	isLearner,
	map,
	pipe,
	progress,
} from '../../stream/index.js';
import { hashOf } from '../fit/samples.js';
import { type Arrays, arraysOf, type Inputs } from './arrays.js';
import { type Architecture, textInputs } from './network.js';
import { type Recipe, trainingOf } from './recipe.js';
import { type Dataset, pack } from './samples.js';
import type { AnyTask, Head, Target } from './task.js';

/** The passes over the documents before the training. */
export type Pass = 'answers' | 'stages' | 'vectors' | 'encode';

/** Documents as numbers, and what made them so. */
export interface Prepared {
	/** From a document to what the model reads. */
	readonly stages: AnyStage;
	/** From a text that is to be said to its ids, where the task has one: the same stages, or others. */
	readonly target: AnyStage | undefined;
	/** What the task learned of all documents. */
	readonly learned: unknown;
	readonly head: Head<never, object, object>;
	readonly inputs: Inputs;
	/** How many ids each field has. */
	readonly sizes: {
		readonly vocabulary: number;
		readonly words: readonly string[] | undefined;
		readonly vectors: WordVectors | undefined;
		readonly fields: Readonly<Record<string, number>>;
	};
	readonly dataset: Dataset;
	/** Documents of which the text or the text to be said was cut at the longest length, and those without a token. */
	readonly cut: number;
	readonly empty: number;
	/** Set where the stages augment: the data set as it is in an epoch of training. */
	readonly inEpoch?: (epoch: number) => Promise<Dataset>;
}

/** Reads the documents three times (once more where vectors are learned), and once more for each epoch where the stages augment. `onDocuments` hears of every chunk or so, and may throw to end it. `data` is the folder with the data sets. */
export async function prepare(
	recipe: Recipe,
	docs: Documents<object>,
	onDocuments: (pass: Pass, documents: number) => void,
	data?: string | null,
): Promise<Prepared> {
	const { task, model } = recipe;
	const heard = (pass: Pass) => progress(({ documents }) => onDocuments(pass, documents), { every: 500 });
	const checked = map(() => ({}), { stage: task.name, needs: task.needs });
	const state = task.learn.start();
	const learning = map(
		(doc: object) => {
			task.learn.add(state, doc);
			return {};
		},
		{ stage: task.name },
	);
	for await (const _ of pipe(docs, heard('answers'), checked, learning).chunks());
	const learned = task.learn.finish(state);
	const fitted = async (stages: AnyStage | AnyLearner, docs: Documents<object>) =>
		isLearner(stages) ? await stages.fit(docs, { onProgress: ({ documents }) => onDocuments('stages', documents) }) : stages;
	const answers = task.target && pipe(docs, asText(task.target));
	const isShared = answers !== undefined && !task.target?.stages;
	const stages: AnyStage = await fitted(recipe.stages, isShared ? concat(docs, answers) : docs);
	const target = answers && (isShared ? stages : await fitted(task.target!.stages!, answers));
	const head = task.head(learned, target && { source: stages, target });
	const inputs = inputsOf(model);
	const { maxLength, seed } = trainingOf(recipe);
	const more = model.vectors?.also?.train(data);
	const vectors = await model.vectors?.learn(pipe(more ? concat(docs, more) : docs, stages) as Documents<{ tokens: string[] }>, {
		seed,
		onDocuments: (documents) => onDocuments('vectors', documents),
	});
	const lengths = { cut: 0, empty: 0 };
	const encoded = (stages: AnyStage) =>
		pack(
			pipe(docs, heard('encode'), checked, answering(task, head, { target, maxLength }), stages),
			{ ...inputs, ...head.inputs },
			(doc: Answered & { ids?: ArrayLike<number>; whole?: number }) => {
				const tokens = doc.ids?.length ?? 0;
				if (doc.isShort || (doc.whole ?? tokens) > Math.min(maxLength, tokens)) lengths.cut++;
				if (doc.ids?.length === 0) lengths.empty++;
				return { ...arraysOf(doc, inputs, maxLength), ...doc.answer };
			},
		);
	const dataset = await encoded(stages);
	const atFirst = { ...lengths };
	const training = stages.training;
	return {
		...{ stages, target, learned, head, inputs, dataset },
		sizes: { ...sizesOf(stages), vectors },
		...atFirst,
		...(training && { inEpoch: (epoch: number) => encoded(training(epoch)) }),
	};
}

/** What a network reads. */
export const inputsOf = ({ inputs = textInputs }: Architecture): Inputs => inputs;

/** A document as one of the text that is to be said of it. */
const asText = ({ field }: Target) => map((doc: object) => ({ text: (doc as Record<string, string>)[field]! }), { stage: 'target' });

/** What a document gets: its answer, and whether that was cut. */
interface Answered {
	readonly answer: Arrays;
	readonly isShort: boolean;
}

/** Adds its `answer` to each document, cut where documents are. */
function answering(
	{ name, target: said }: AnyTask,
	head: Head<never, object, object>,
	{ target, maxLength }: { readonly target: AnyStage | undefined; readonly maxLength: number },
): AnyStage {
	const short = (whole: Arrays) => {
		const answer = shortened(whole, head.inputs, maxLength);
		return { answer, isShort: Object.keys(whole).some((name) => answer[name]!.data.length < whole[name]!.data.length) };
	};
	if ('say' in head) return map((doc: object) => short(head.answer(doc as never)), { stage: name });
	const text = asText(said!);
	return asyncStage<object, Answered>(
		async (docs) => {
			const encoded = (await target!.applyAsync(text.apply(docs))) as { ids: ArrayLike<number> }[];
			return docs.map((doc, place) => ({ ...doc, ...short(head.answerOf(encoded[place]!.ids)) }));
		},
		{ stage: name },
	);
}

/** Answers of many tokens are cut as the tokens are. */
function shortened(answer: Arrays, inputs: Inputs, maxLength: number): Arrays {
	return Object.fromEntries(
		Object.entries(answer).map(([name, { data, shape }]) => {
			const long = typeof inputs[name]!.shape[1] === 'string' && shape[0]! > maxLength;
			return [name, long ? { data: Array.from(data).slice(0, maxLength), shape: [maxLength] } : { data, shape }];
		}),
	);
}

/** Whether a stage makes ids of a text or of tokens. */
const addsIds = (part: AnyStage) => 'idOf' in part;

/** How many ids each field has that stages add: they say it by `size`, and which field by `field`. Those that add `ids` need not. */
function sizesOf(stages: AnyStage): Omit<Prepared['sizes'], 'vectors'> {
	const fields: Record<string, number> = {};
	let words: readonly string[] | undefined;
	for (const part of chainParts(stages)) {
		const { size, field = 'ids', tokens } = part as { size?: unknown; field?: string; tokens?: readonly string[] };
		if (typeof size !== 'number' || !('field' in part || addsIds(part))) continue;
		fields[field] = size;
		if (field === 'ids') words = tokens;
	}
	return { vocabulary: fields.ids ?? 0, words, fields };
}

/** What makes documents into samples: a checkpoint of other stages or answers is refused. */
export function identityOf({ model, task }: Recipe, { stages, target, learned }: Prepared): string {
	// Of arrays of numbers, which may be large, their hash.
	const short = (_: string, value: unknown) => (ArrayBuffer.isView(value) ? hashOf(value) : value);
	return JSON.stringify(
		{
			task: [task.name, task.options],
			stages: stages.spec,
			...(target && target !== stages && { target: target.spec }),
			learned,
			model: model.spec,
			...(model.vectors && { vectors: model.vectors.spec }),
		},
		short,
	);
}
