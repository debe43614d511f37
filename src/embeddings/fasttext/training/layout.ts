// Where everything lies in the memory that the threads of a training share.
import { memoryLimit } from '../../../base/index.js';
import { memoryStart, panelsOf } from '../kernel/kernel.js';

/** What memory is needed for. */
export interface Needs {
	readonly threads: number;
	readonly dim: number;
	readonly inputRows: number;
	readonly outputRows: number;
	/** Distinct tokens, and rows of all of them. */
	readonly tokens: number;
	readonly tokenRows: number;
	/** Entries of the tree's paths. */
	readonly nodes: number;
	/** Buckets of a pruned model, else 0. */
	readonly kept: number;
	/** Tokens of the longest block, and rows of the longest line. */
	readonly block: number;
	readonly line: number;
}

/** Addresses in bytes. */
export interface Layout {
	readonly panel: number;
	readonly stride: number;
	readonly input: number;
	readonly output: number;
	readonly hashes: number;
	readonly targets: number;
	readonly starts: number;
	readonly rows: number;
	readonly choices: number;
	readonly nodes: number;
	readonly kept: number;
	/** Tokens so far (64 bits), and whether to stop (32 bits). */
	readonly progress: number;
	readonly stop: number;
	readonly threads: readonly ThreadLayout[];
	readonly bytes: number;
}

/** Room of a thread. */
export interface ThreadLayout {
	readonly hidden: number;
	readonly gradient: number;
	readonly scores: number;
	readonly wanted: number;
	readonly list: number;
	readonly block: number;
	/** The loss and the number of examples, float64. */
	readonly sums: number;
}

/** Lays everything out. Rows begin at the beginning of a cache line. */
export function layoutOf(needs: Needs): Layout {
	const { panel, stride } = panelsOf(needs.dim);
	let at = memoryStart;
	const take = (bytes: number) => {
		const start = at;
		at += Math.ceil(bytes / 64) * 64;
		return start;
	};
	const shared = {
		progress: take(8),
		stop: take(4),
		output: take(needs.outputRows * stride),
		hashes: take(4 * needs.tokens),
		targets: take(4 * needs.tokens),
		starts: take(4 * (needs.tokens + 1)),
		rows: take(4 * needs.tokenRows),
		choices: take(8 * (needs.outputRows + 1)),
		nodes: take(4 * needs.nodes),
		kept: take(4 * needs.kept),
	};
	const threads = Array.from({ length: needs.threads }, () => ({
		...{ hidden: take(stride), gradient: take(stride), scores: take(4 * needs.outputRows), wanted: take(4 * needs.block) },
		...{ list: take(4 * needs.line), block: take(4 * needs.block), sums: take(16) },
	}));
	return { panel, stride, ...shared, threads, input: take(needs.inputRows * stride), bytes: at };
}

/**
 * The layout, where memory reaches.
 *
 * @throws {RangeError} with the estimate, for more than 4 GB.
 */
export function checkedLayout(who: string, needs: Needs): Layout {
	const layout = layoutOf(needs);
	if (layout.bytes <= memoryLimit) return layout;
	const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
	throw new RangeError(
		`${who}: expected a training of at most ${gigabytes(memoryLimit)} GB, got one of ${gigabytes(layout.bytes)} GB, of which ${gigabytes(needs.inputRows * layout.stride)} GB for ${needs.inputRows} rows of ${needs.dim} numbers. Lower bucket or dim, or raise minCount.`,
	);
}
