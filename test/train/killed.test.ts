// A run that is killed at twenty random moments, and goes on each time, comes to the bits of one that never stopped.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { randomFloat } from 'textloom/stream';
import { type FitRecord, loadCheckpoint } from 'textloom/train';
import { expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { untimed } from './mixed.js';

const { folder } = temporary();
const script = new URL('./killed-run.mjs', import.meta.url).pathname;
const kills = 20;
/** Which moments; each failure prints it. */
const seed = 12;

/** The moment of a kill: after so many steps (0: from the start on) and so many milliseconds. Every fourth is near the start, before the first step mostly. */
function momentOf(kill: number): { steps: number; milliseconds: number } {
	const [steps, milliseconds] = [1 + Math.floor(40 * randomFloat(seed, 0, kill)), randomFloat(seed, 1, kill)];
	return kill % 4 === 0 ? { steps: 0, milliseconds: 300 * milliseconds } : { steps, milliseconds: 20 * milliseconds };
}

interface Course {
	readonly weights: string;
	readonly best: number;
	readonly history: readonly FitRecord[];
}

/** The run in a process, killed at a moment where one is given: its steps, and what it came to if it came to its end. */
function run(out: string, moment?: ReturnType<typeof momentOf>) {
	const child = spawn(process.execPath, [script, out], { stdio: ['ignore', 'pipe', 'pipe'] });
	const lines: string[] = [];
	let stderr = '';
	child.stderr.on('data', (data) => {
		stderr += data;
	});
	createInterface({ input: child.stdout }).on('line', (line) => {
		lines.push(line);
		if (moment && lines.length === moment.steps + 1) setTimeout(() => child.kill('SIGKILL'), moment.milliseconds);
	});
	return new Promise<{ steps: number[]; course?: Course }>((resolve, reject) => {
		child.on('close', (code, signal) => {
			const steps = lines.filter((line) => /^\d+$/.test(line)).map(Number);
			if (signal === 'SIGKILL') resolve({ steps });
			else if (code === 0) resolve({ steps, course: JSON.parse(lines.at(-1)!) });
			else reject(new Error(`code ${code}, signal ${signal}: ${stderr}`));
		});
	});
}

it(`killed ${kills} times: the weights bit for bit, and the history`, async () => {
	const whole = await run(join(folder, 'whole'));
	const records = whole.course!.history.map(untimed);
	expect(records).toHaveLength(28);
	const started: number[] = [];
	let killed = 0;
	// On a fast machine a run is over before it has been killed so often: then another one begins.
	for (let attempt = 0; killed < kills; attempt++) {
		const out = join(folder, `killed-${attempt}`);
		for (let course: Course | undefined; !course; ) {
			const result = await run(out, killed < kills ? momentOf(killed) : undefined);
			if (result.steps.length > 0) started.push(result.steps[0]!);
			if (!result.course) killed++;
			course = result.course;
			if (!course) continue;
			const message = `seed ${seed}, kill ${killed}, begun at steps ${started.join(' ')}`;
			expect(course.weights, message).toBe(whole.course!.weights);
			expect(course.best, message).toBe(whole.course!.best);
			expect(course.history.map(untimed), message).toEqual(records);
			const written = readFileSync(join(out, 'history.jsonl'), 'utf8').trim().split('\n');
			expect(
				written.map((line) => JSON.parse(line)),
				message,
			).toEqual(course.history);
			expect((await loadCheckpoint(out))!.position.history, message).toEqual(course.history);
			const files = readdirSync(out, { recursive: true, encoding: 'utf8' });
			expect(
				files.filter((name) => name.includes('.textloom-')),
				message,
			).toEqual([]);
		}
	}
	// It was killed on its way, not before it had begun or always at the same place.
	expect(new Set(started.filter((step) => step > 1)).size, `seed ${seed}, begun at steps ${started.join(' ')}`).toBeGreaterThan(5);
});
