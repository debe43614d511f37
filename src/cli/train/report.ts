// Tells what a training run is doing: a bar on a terminal, a line for each epoch.
import type { FitRecord } from '../../train/fit/position.js';
import type { Recipe, RecipeDocuments, TrainProgress } from '../../train/recipes.js';
import { figure } from '../evaluate/report.js';
import { count, ProgressLine, print, replacedNote, some } from '../output.js';
import { balanceOf } from './balance.js';
import type { TrainFlags } from './flags.js';
import { progressLine } from './progress-line.js';
import type { Tokens } from './tokens.js';

type Of<P extends TrainProgress['phase']> = Extract<TrainProgress, { readonly phase: P }>;

interface ReportOptions {
	readonly docs: RecipeDocuments;
	readonly tokens: Tokens;
	readonly flags: TrainFlags;
	/** Where it computes. */
	readonly device: string;
	/** Seconds that it has, where it has a limit. */
	readonly limit: number | undefined;
	readonly onFailure: (error: Error) => void;
}

/** Lines for people, or JSON Lines. */
export class TrainReport {
	readonly #line = new ProgressLine();
	readonly #recipe: Recipe;
	readonly #options: ReportOptions;
	readonly #start = performance.now();
	#last: FitRecord | undefined;
	#printed: Promise<void> = Promise.resolve();

	/** `onFailure` hears when nothing more can be printed; `done` throws it. */
	constructor(recipe: Recipe, options: ReportOptions) {
		this.#recipe = recipe;
		this.#options = options;
	}

	progress(progress: TrainProgress): void {
		if (progress.phase === 'start') this.#begin(progress);
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
		this.#printed = this.#printed.then(() => print(this.#options.flags.json ? JSON.stringify(object) : line));
		this.#printed.catch(this.#options.onFailure);
	}

	/** Takes the bar away and waits for the lines. */
	async done(): Promise<void> {
		this.#line.clear();
		await this.#printed;
	}

	#begin({ phase: _, ...facts }: Of<'start'>): void {
		const { docs, tokens: named, flags, device } = this.#options;
		const { origin, sample } = docs;
		const { name: tokens, note } = named;
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
			flags.device !== 'cpu' && `on ${device}`,
			replacedNote(replaced, flags.encoding),
		];
		const { weights } = this.#recipe.task.options as { weights?: unknown };
		const balance = facts.classes ? balanceOf(facts.classes, { weighted: weights !== undefined }) : [];
		this.say(
			`${resumed ? `Going on after ${some(epochsDone, 'epoch')}` : 'Training'}: ${model}, ${count(parameters)} parameters, ${count(vocabulary)} ${tokens}; ` +
				`${some(documents, 'document')}${validation > 0 ? `, ${count(validation)} more to choose the best epoch` : ''}` +
				notes.flatMap((note) => (note ? `; ${note}` : [])).join('') +
				balance.map((line) => `\n${line}`).join(''),
			{ event: 'start', model, device, ...facts },
		);
		if (!finished) return;
		const line = `Nothing left to train: the run ended after ${some(epochsDone, 'epoch')}. For more, raise --epochs (or --patience) with --resume.`;
		this.say(line, { event: 'finished', epochs: epochsDone });
	}

	#fit({ phase: _, record, ...progress }: Of<'fit'>): void {
		const { epochs, samplesPerSecond } = progress;
		if (!record) {
			const { limit } = this.#options;
			const left = limit === undefined ? undefined : Math.max(0, limit - (performance.now() - this.#start) / 1000);
			const early = (this.#recipe.training?.patience ?? Number.POSITIVE_INFINITY) < Number.POSITIVE_INFINITY;
			this.#line.show((columns) => progressLine(progress, { last: this.#last, early, limit: left, columns }));
			return;
		}
		this.#last = record;
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
