// The delimiter of a table, found in its first line.
import type { TextParser } from './line-core.js';

const candidates = [',', ';', '\t'];

/** A first line longer than this is judged by its beginning. */
const longest = 1 << 20;

/**
 * Holds text back until the first line that is not empty has ended, then makes the parser with the delimiter that the line has most of
 * outside of quotes (a comma where it has none), and hands all on.
 */
export class DelimiterFinder implements TextParser {
	readonly #start: (delimiter: string) => TextParser;
	readonly #quotes: boolean;
	readonly #counts = candidates.map(() => 0);
	#parser: TextParser | undefined;
	#held: string[] = [];
	#size = 0;
	#quoted = false;

	constructor(start: (delimiter: string) => TextParser, { quotes }: { quotes: boolean }) {
		this.#start = start;
		this.#quotes = quotes;
	}

	push(block: string): void {
		if (this.#parser) {
			this.#parser.push(block);
			return;
		}
		this.#held.push(block);
		if (this.#ends(block) || this.#size > longest) this.#begin();
	}

	end(): void {
		this.#begin().end();
	}

	/** Counts in a block; returns whether the line ends in it. */
	#ends(block: string): boolean {
		for (const character of block) {
			if (!this.#quoted && (character === '\n' || character === '\r')) {
				if (this.#size > 0) return true;
				continue;
			}
			this.#size++;
			if (character === '"' && this.#quotes) this.#quoted = !this.#quoted;
			else if (!this.#quoted) {
				const place = candidates.indexOf(character);
				if (place >= 0) this.#counts[place]!++;
			}
		}
		return false;
	}

	#begin(): TextParser {
		if (this.#parser) return this.#parser;
		const parser = this.#start(candidates[this.#counts.indexOf(Math.max(...this.#counts))]!);
		this.#parser = parser;
		for (const block of this.#held) parser.push(block);
		this.#held = [];
		return parser;
	}
}
