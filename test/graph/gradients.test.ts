// Every operator's gradient against central differences, and on edge shapes: a size of 1 or 0 wherever the operator takes it.
import { afterAll, describe, expect, it } from 'vitest';
import { edgesOf, gradientError, toleranceOf } from './check-gradient.js';
import { families, rows } from './operators/index.js';
import type { Rows } from './operators/row.js';

/** What was checked of an operator. */
interface Checked {
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
	const checked = new Map<string, Checked>();
	afterAll(() => {
		const head = ['family', 'operator', 'cases', 'edge shapes', 'largest error', 'type'];
		const lines = Object.entries<Rows>(families).flatMap(([family, ops]) =>
			Object.entries(ops).map(([op, { gradients }]) => {
				const found = checked.get(op);
				if (!found) return [family, op, '', '', '', typeof gradients === 'string' ? `none: ${gradients}` : 'not run'];
				return [family, op, `${found.cases}`, `${found.edges}`, found.error.toExponential(1), [...found.dtypes].join(', ')];
			}),
		);
		console.log(`Gradients against central differences\n\n${table([head, ...lines])}`);
	});

	it('has one family for each operator', () => {
		expect(Object.values(families).flatMap(Object.keys).length).toBe(Object.keys(rows).length);
	});

	for (const [op, { gradients }] of Object.entries(rows)) {
		if (typeof gradients === 'string') {
			it(`${op}: ${gradients}`, () => expect(gradients).not.toBe(''));
			continue;
		}
		const result: Checked = { cases: 0, edges: 0, error: 0, dtypes: new Set() };
		checked.set(op, result);
		for (const [name, gradientCase] of Object.entries(gradients)) {
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
