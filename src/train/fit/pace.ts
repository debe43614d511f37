// How fast a run is, and how its loss goes between records.

/** Speed and mean loss since the last record. */
export class Pace {
	readonly #start = performance.now();
	#samples = 0;
	#loss = Number.NaN;
	#away = 0;

	/** Takes in batches: their mean loss, how many samples, how many batches. */
	add(mean: number, { samples, batches }: { samples: number; batches: number }): void {
		this.#samples += samples;
		this.#loss = Number.isNaN(this.#loss) ? mean : this.#loss + (1 - 0.98 ** batches) * (mean - this.#loss);
	}

	/** Does work that is no training: its time counts in the seconds, not in the speed. */
	async away<R>(work: () => Promise<R>): Promise<R> {
		const start = performance.now();
		try {
			return await work();
		} finally {
			this.#away += (performance.now() - start) / 1000;
		}
	}

	seconds(): number {
		return (performance.now() - this.#start) / 1000;
	}

	figures(): { loss: number; samplesPerSecond: number } {
		return { loss: this.#loss, samplesPerSecond: this.#samples / (this.seconds() - this.#away) };
	}
}
