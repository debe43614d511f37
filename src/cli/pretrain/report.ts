// Tells what a pretraining is doing: a bar on a terminal, a line for each epoch.
import type { PretrainProgress } from '../../pretrained/index.js';
import { durationOf } from '../flags/duration.js';
import { count, ProgressLine, percent, print, some } from '../output.js';

type Of<P extends PretrainProgress['phase']> = Extract<PretrainProgress, { readonly phase: P }>;

interface ReportOptions {
	/** Where the texts come from. */
	readonly origin: string;
	/** Lines for programs instead of people. */
	readonly json: boolean;
}

/** Lines for people, or JSON Lines. */
export class PretrainReport {
	readonly #line = new ProgressLine();
	readonly #options: ReportOptions;
	#printed: Promise<void> = Promise.resolve();

	constructor(options: ReportOptions) {
		this.#options = options;
	}

	progress(progress: PretrainProgress): void {
		if (progress.phase === 'fit') this.#fit(progress);
		else if (progress.phase === 'start') this.#begin(progress);
		else {
			const doing = progress.phase === 'tokenizer' ? 'learning subwords' : 'texts to ids';
			this.#line.show(() => `${doing}: ${count(progress.documents)} texts`);
		}
	}

	/** One line to stdout, in the order of the calls. */
	say(line: string, object: object): Promise<void> {
		this.#line.clear();
		this.#printed = this.#printed.then(() => print(this.#options.json ? JSON.stringify(object) : line));
		return this.#printed;
	}

	/** Takes the bar away and waits for the lines. */
	async done(): Promise<void> {
		this.#line.clear();
		await this.#printed;
	}

	#begin({ phase: _, ...facts }: Of<'start'>): void {
		const { pieces, tokens, vocabulary, parameters } = facts;
		const { origin } = this.#options;
		this.say(
			`Pretraining on ${origin}: ${some(pieces, 'piece')} of ${count(tokens)} subwords, ${count(vocabulary)} different; ${count(parameters)} parameters`,
			{ event: 'start', origin, ...facts },
		).catch(() => {});
	}

	#fit({ epoch, epochs, samples, ofSamples = 0, loss, samplesPerSecond, record }: Of<'fit'>): void {
		if (!record) {
			const left = ((epochs - epoch + 1) * ofSamples - samples) / samplesPerSecond;
			this.#line.show(
				() => `epoch ${epoch}/${epochs}  loss ${loss.toFixed(4)}  ${count(samplesPerSecond)} pieces/s  ${durationOf(left)} left`,
			);
			return;
		}
		const told = record.validation as { loss: number; accuracy: number } | undefined;
		const held = told ? `  of those held out ${told.loss.toFixed(4)}, told ${percent(told.accuracy)}` : '';
		this.say(`epoch ${record.epoch}/${epochs}  loss ${record.loss.toFixed(4)}${held}  ${count(record.samplesPerSecond)} pieces/s`, {
			event: 'epoch',
			...record,
		}).catch(() => {});
	}
}
