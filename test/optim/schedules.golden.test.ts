// Schedules against torch.optim.lr_scheduler and transformers: the factor at every step.
import { readFileSync } from 'node:fs';
import type { schedules } from 'textloom/optim';
import { describe, expect, it } from 'vitest';
import { casesOf, scheduleOf } from './run.js';
import { scheduleRows } from './schedules.js';

type Case = schedules.ScheduleSpec & { readonly factors: readonly number[] };
const golden: { cases: readonly Case[]; losses: readonly number[]; plateaus: readonly Case[] } = JSON.parse(
	readFileSync(new URL('../golden/optim/schedules.json', import.meta.url), 'utf8'),
);

const all = [...golden.cases, ...golden.plateaus];
const cases = casesOf(scheduleRows, all, (spec) => scheduleOf(spec).spec);

it('rows name every case, each once', () => {
	expect(new Set(cases)).toEqual(new Set(all));
	expect(cases).toHaveLength(all.length);
});

describe('schedules as in PyTorch', () => {
	for (const { factors, ...spec } of cases) {
		if (spec.schedule === 'plateau') continue;
		it(`${spec.schedule} ${JSON.stringify(spec.options)}`, () => {
			const schedule = scheduleOf(spec);
			for (const [step, factor] of factors.entries())
				expect(Math.abs(schedule.factor({ step, epoch: 0, results: [] }) - factor), `step ${step}`).toBeLessThan(1e-9);
			expect(factors.length).toBeGreaterThan(20);
		});
	}

	for (const { factors, ...spec } of cases) {
		if (spec.schedule !== 'plateau') continue;
		it(`plateau ${JSON.stringify(spec.options)}`, () => {
			const schedule = scheduleOf(spec);
			expect(new Set(factors).size).toBeGreaterThan(2);
			for (const [epoch, factor] of factors.entries()) {
				const results = golden.losses.slice(0, epoch).map((loss) => ({ loss }));
				expect(Math.abs(schedule.factor({ step: 10 * epoch, epoch, results }) - factor), `after ${epoch}`).toBeLessThan(1e-9);
			}
		});
	}
});
