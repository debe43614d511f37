// Does the instructions of an optimizer to the touched rows of a table, or to a parameter as one row: the optimizers' own rules by the kernel, the others in plain loops.
import type { RowOperation } from '../../optim/index.js';
import type { Kernel } from './kernel/kernel.js';

/** The touched rows of a table: views of one memory, in which the kernel works. */
export interface TouchedRows {
	readonly table: Float32Array;
	/** One array for each slot, laid out as the table. */
	readonly slots: readonly Float32Array[];
	/** The places of the rows in the table. */
	readonly ids: Int32Array;
	/** Their gradients, one after the other. */
	readonly gradient: Float32Array;
	readonly width: number;
}

type RowRule<Name extends RowOperation['do']> = (rows: TouchedRows, operation: Extract<RowOperation, { do: Name }>, kernel: Kernel) => void;

/** Keeps a norm of 0 from dividing, as PyTorch does. */
const tiny = 1e-6;

/** One rule for each instruction: their formulas stand at `RowOperation`. */
const rules: { readonly [Name in RowOperation['do']]: RowRule<Name> } = {
	sgd: (rows, { rate }, kernel) => kernel.sgd(...addresses(rows, []), rate),
	adam: (rows, { slots, a, e, beta1, beta2 }, kernel) => kernel.adam(...addresses(rows, slots), a, e, beta1, beta2),
	adagrad: (rows, { slot, rate, accumulator, epsilon }, kernel) => kernel.adagrad(...addresses(rows, [slot]), rate, accumulator, epsilon),
	momentum: (rows, { slot, rate, momentum, share, nesterov }, kernel) =>
		kernel.momentum(...addresses(rows, [slot]), rate, momentum, share, nesterov ? 1 : 0),
	rmsprop: (rows, { slots: { square, mean, velocity }, rate, alpha, epsilon, momentum }, kernel) =>
		kernel.rmsprop(...addresses(rows, [square, mean, velocity]), rate, alpha, 1 - alpha, epsilon, momentum),
	clipNorm({ gradient }, { norm }) {
		const share = shareOf(norm, normOf(gradient));
		if (share < 1) scale(gradient, share);
	},
	clipValue({ gradient }, { value }) {
		for (let i = 0; i < gradient.length; i++) gradient[i] = Math.min(value, Math.max(-value, gradient[i]!));
	},
	penalty({ table, gradient, ...rows }, { l1, l2 }) {
		eachNumber(rows, (at, from) => {
			gradient[from]! += l1 * Math.sign(table[at]!) + l2 * table[at]!;
		});
	},
	decay({ table, ...rows }, { share }) {
		eachNumber(rows, (at) => {
			table[at]! *= share;
		});
	},
	averageBefore({ table, slots, ...rows }, { slot }) {
		const lag = slots[slot]!;
		eachNumber(rows, (at) => {
			lag[at]! += table[at]!;
		});
	},
	averageAfter({ table, slots, ...rows }, { slot, share }) {
		const lag = slots[slot]!;
		eachNumber(rows, (at) => {
			lag[at] = share * (lag[at]! - table[at]!);
		});
	},
};

/** Does one instruction. The gradients may be overwritten. */
export function operate(rows: TouchedRows, operation: RowOperation, kernel: Kernel): void {
	(rules[operation.do] as RowRule<RowOperation['do']>)(rows, operation, kernel);
}

/** The share of a gradient that a greatest norm leaves of it. */
export const shareOf = (most: number, norm: number): number => most / (norm + tiny);

/** Multiplies all numbers. */
export function scale(numbers: Float32Array, share: number): void {
	for (let i = 0; i < numbers.length; i++) numbers[i]! *= share;
}

/** The norm of all numbers together. */
export function normOf(numbers: Float32Array): number {
	let squares = 0;
	for (let i = 0; i < numbers.length; i++) squares += numbers[i]! * numbers[i]!;
	return Math.sqrt(squares);
}

/** What the kernel's rules begin with: `ids, count, width, gradient, table` and the slots, as addresses in their memory; 0 for a slot that is not used. */
function addresses({ ids, width, gradient, table, slots }: TouchedRows, used: readonly (number | undefined)[]): number[] {
	const places = used.map((slot) => (slot === undefined ? 0 : slots[slot]!.byteOffset));
	return [ids.byteOffset, ids.length, width, gradient.byteOffset, table.byteOffset, ...places];
}

/** Calls `visit` with the place of each number of the touched rows, in the table and in the gradient. */
function eachNumber({ ids, width }: Pick<TouchedRows, 'ids' | 'width'>, visit: (at: number, from: number) => void): void {
	for (let row = 0, from = 0; row < ids.length; row++) {
		for (let at = ids[row]! * width, end = at + width; at < end; at++, from++) visit(at, from);
	}
}
