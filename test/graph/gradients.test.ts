// Every operator's gradient against central differences, and on edge shapes: a size of 1 or 0 wherever the operator takes it.
import type { OpName } from 'textloom/graph';
import { afterAll, describe, expect, it } from 'vitest';
import { type Cases, edgesOf, gradientError, toleranceOf } from './check-gradient.js';
import { activation } from './gradients/activation.js';
import { attention } from './gradients/attention.js';
import { control } from './gradients/control.js';
import { convolution } from './gradients/convolution.js';
import { elementwise } from './gradients/elementwise.js';
import { generators } from './gradients/generators.js';
import { indexing } from './gradients/index-ops.js';
import { logic } from './gradients/logic.js';
import { matmul } from './gradients/matmul.js';
import { movement } from './gradients/movement.js';
import { normalization } from './gradients/normalization.js';
import { parts } from './gradients/parts.js';
import { pooling } from './gradients/pooling.js';
import { recurrent } from './gradients/recurrent.js';
import { reduce } from './gradients/reduce.js';

const families = {
	elementwise,
	activation,
	logic,
	reduce,
	normalization,
	matmul,
	attention,
	movement,
	parts,
	generators,
	indexing,
	convolution,
	pooling,
	recurrent,
	control,
};

/** The type demands a row for each operator. */
const cases: Record<OpName, unknown> = {
	...elementwise,
	...activation,
	...logic,
	...reduce,
	...normalization,
	...matmul,
	...attention,
	...movement,
	...parts,
	...generators,
	...indexing,
	...convolution,
	...pooling,
	...recurrent,
	...control,
};

/** What was checked of an operator. */
interface Row {
	cases: number;
	edges: number;
	error: number;
	dtypes: Set<string>;
}

const table = (rows: readonly (readonly string[])[]) => {
	const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	return rows
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column]!))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
};

describe('gradients by central differences', () => {
	const checked = new Map<string, Row>();
	afterAll(() => {
		const head = ['family', 'operator', 'cases', 'edge shapes', 'largest error', 'type'];
		const rows = Object.entries(families).flatMap(([family, ops]) =>
			Object.entries(ops as Cases).map(([op, row]) => {
				const found = checked.get(op);
				if (!found) return [family, op, '', '', '', typeof row === 'string' ? `none: ${row}` : 'not run'];
				return [family, op, `${found.cases}`, `${found.edges}`, found.error.toExponential(1), [...found.dtypes].join(', ')];
			}),
		);
		console.log(`Gradients against central differences\n\n${table([head, ...rows])}`);
	});

	it('has a family for each operator', () => {
		expect(Object.values(families).flatMap(Object.keys).length).toBe(Object.keys(cases).length);
	});

	for (const [op, row] of Object.values<Cases>(families).flatMap((family) => Object.entries(family))) {
		if (typeof row === 'string') {
			it(`${op}: ${row}`, () => expect(row).not.toBe(''));
			continue;
		}
		const result: Row = { cases: 0, edges: 0, error: 0, dtypes: new Set() };
		checked.set(op, result);
		for (const [name, gradientCase] of Object.entries(row)) {
			it(`${op}: ${name}`, async () => {
				const error = await gradientError(gradientCase);
				result.cases++;
				result.error = Math.max(result.error, error);
				result.dtypes.add(gradientCase.dtype ?? 'float64');
				expect(error).toBeLessThan(toleranceOf(gradientCase));
			});
			it(`${op}: ${name}, edge shapes`, async () => {
				for (const edge of await edgesOf(gradientCase)) {
					const error = await gradientError(edge);
					result.edges++;
					result.error = Math.max(result.error, error);
					expect(error, edge.edge).toBeLessThan(toleranceOf(gradientCase));
				}
			});
		}
	}
});
