// Tells what a training run is doing: a bar on a terminal, a line for each epoch.
import type { Recipe, RecipeDocuments, TrainProgress } from '../../train/recipes.js';
import { figure } from '../evaluate/report.js';
import { bar, count, ProgressLine, percent, print, replacedNote, some } from '../output.js';
import type { Tokens } from './tokens.js';

type Of<P extends TrainProgress['phase']> = Extract<TrainProgress, { readonly phase: P }>;

interface ReportOptions {
	readonly docs: RecipeDocuments;
	readonly tokens: Tokens;
	readonly json: boolean;
	/** That of the files, where it was named. */
	readonly encoding: string | undefined;
	readonly onFailure: (error: Error) => void;
}

/** Lines for people, or JSON Lines. */
export class TrainReport {
	readonly #line = new ProgressLine();
	readonly #json: boolean;
	readonly #recipe: Recipe;
	readonly #docs: RecipeDocuments;
	readonly #tokens: Tokens;
	readonly #encoding: string | undefined;
	readonly #onFailure: (error: Error) => void;
	#printed: Promise<void> = Promise.resolve();

	/** `onFailure` hears when nothing more can be printed; `done` throws it. */
	constructor(recipe: Recipe, { docs, tokens, json, encoding, onFailure }: ReportOptions) {
		this.#recipe = recipe;
		this.#docs = docs;
		this.#tokens = tokens;
		this.#json = json;
		this.#encoding = encoding;
		this.#onFailure = onFailure;
	}

	progress(progress: TrainProgress): void {
		if (progress.phase === 'start') this.#start(progress);
		else if (progress.phase === 'fit') this.#fit(progress);
		else {
			const doing = { answers: 'reading answers', stages: 'counting words', vectors: 'learning word vectors', encode: 'texts to ids' }[
				progress.phase
			];
			this.#line.show(() => `${doing}: ${count(progress.documents)} documents`);
		}
	}

	/** One line to stdout, in the order of the calls. */
	say(line: string, object: object): void {
		this.#line.clear();
		this.#printed = this.#printed.then(() => print(this.#json ? JSON.stringify(object) : line));
		this.#printed.catch(this.#onFailure);
	}

	/** Takes the bar away and waits for the lines. */
	async done(): Promise<void> {
		this.#line.clear();
		await this.#printed;
	}

	#start({ phase: _, ...facts }: Of<'start'>): void {
		const { origin, sample } = this.#docs;
		const { name: tokens, note } = this.#tokens;
		this.say(`Training documents: ${origin}${sample ? sampleHint() : ''}${note ? `\n${note}` : ''}`, {
			event: 'source',
			origin,
			sample,
			tokens,
		});
		const { documents, validation, vocabulary, parameters, cut, empty, maxLength, replaced, resumed, epochsDone, finished } = facts;
		const model = this.#recipe.model.spec.model;
		const notes = [
			cut > 0 && `${some(cut, 'text')} cut at ${maxLength} ${tokens} (--max-length)`,
			empty > 0 && `${some(empty, 'empty text')}`,
			facts.replicas > 1 && `${facts.replicas} replicas`,
			replacedNote(replaced, this.#encoding),
		];
		this.say(
			`${resumed ? `Going on after ${some(epochsDone, 'epoch')}` : 'Training'}: ${model}, ${count(parameters)} parameters, ${count(vocabulary)} ${tokens}; ` +
				`${some(documents, 'document')}${validation > 0 ? `, ${count(validation)} more to choose the best epoch` : ''}` +
				notes.flatMap((note) => (note ? `; ${note}` : [])).join(''),
			{ event: 'start', model, ...facts },
		);
		if (!finished) return;
		const line = `Nothing left to train: the run ended after ${some(epochsDone, 'epoch')}. For more, raise --epochs (or --patience) with --resume.`;
		this.say(line, { event: 'finished', epochs: epochsDone });
	}

	#fit({ epoch, epochs, samples, ofSamples, loss, samplesPerSecond, record }: Of<'fit'>): void {
		if (!record) {
			const share = samples / (ofSamples ?? samples);
			this.#line.show(
				() => `epoch ${epoch}/${epochs} ${bar(share)} ${percent(share)}  loss ${loss.toFixed(4)}  ${count(samplesPerSecond)} documents/s`,
			);
			return;
		}
		const { validation } = record;
		this.say(
			`epoch ${String(record.epoch).padStart(2)}/${epochs}  loss ${record.loss.toFixed(4)}` +
				(validation
					? `  validation ${Object.entries(validation)
							.map(([name, value]) => `${name} ${figure(name, value)}`)
							.join(', ')}`
					: '') +
				`  ${count(samplesPerSecond)} documents/s`,
			{ event: 'epoch', ...record },
		);
	}
}

/** Why it is the sample, where the user may not expect it. */
function sampleHint(): string {
	const folder = process.env.TEXTLOOM_DATA;
	return `; for the real data, give --data DIR${folder ? ` (TEXTLOOM_DATA is ${folder})` : ''}`;
}
