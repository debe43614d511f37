// Schedules against torch.optim.lr_scheduler and transformers: the factor at every step.
import { readFileSync } from 'node:fs';
import type { schedules } from 'textloom/optim';
import { describe, expect, it } from 'vitest';
import { scheduleOf } from './run.js';

type Case = schedules.ScheduleSpec & { readonly factors: readonly number[] };
const golden: { cases: readonly Case[]; losses: readonly number[]; plateaus: readonly Case[] } = JSON.parse(
	readFileSync(new URL('../golden/optim/schedules.json', import.meta.url), 'utf8'),
);

describe('schedules as in PyTorch', () => {
	for (const { factors, ...spec } of golden.cases) {
		it(`${spec.schedule} ${JSON.stringify(spec.options)}`, () => {
			const schedule = scheduleOf(spec);
			for (const [step, factor] of factors.entries())
				expect(Math.abs(schedule.factor({ step, epoch: 0, results: [] }) - factor), `step ${step}`).toBeLessThan(1e-9);
			expect(factors.length).toBeGreaterThan(20);
		});
	}

	for (const { factors, ...spec } of golden.plateaus) {
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
