// A run that is stopped or killed and then resumed ends with the bytes of one that was not; so does a run done twice.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCheckpoint } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { cli, objects, start } from '../cli/run.js';
import { temporary } from '../temporary.js';

const { folder: cwd } = temporary();
const args = (tables: string, out: string, ...more: string[]) => [
	'train',
	'ag-news',
	'--sample',
	'--max-length',
	'30',
	'--batch-size',
	'4',
	// A flag that is given twice is an error.
	...(more.includes('--epochs') ? [] : ['--epochs', '3']),
	'--patience',
	'9',
	'--json',
	'--threads',
	'1',
	'--tables',
	tables,
	'--out',
	out,
	...more,
];
const hash = (out: string) =>
	createHash('sha256')
		.update(readFileSync(join(cwd, out, 'onnx/model.onnx')))
		.digest('hex');
const train = async (tables: string, out: string, ...more: string[]) => {
	const { code, stdout, stderr } = await cli(args(tables, out, ...more), { cwd });
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	return { events: objects(stdout), hash: hash(out) };
};
/** The uninterrupted runs. */
const whole = { host: train('host', 'whole-host'), graph: train('graph', 'whole-graph') };

describe.concurrent.each(['host', 'graph'] as const)('with %s tables', (tables) => {
	it('gives the same bytes twice', async () => {
		expect((await train(tables, `again-${tables}`)).hash).toBe((await whole[tables]).hash);
	});

	it('goes on after Ctrl-C in the middle of an epoch', async () => {
		const out = `stopped-${tables}`;
		const lines: string[] = [];
		const { ended } = start(args(tables, out), {
			cwd,
			onLine: (line, child) => {
				lines.push(line);
				if (JSON.parse(line).event === 'epoch') child.kill('SIGINT');
			},
		});
		const { code, stderr } = await ended;
		expect(code).toBe(130);
		expect(stderr).toBe('\nstopping: writing a checkpoint (Ctrl-C again to leave at once)\n');
		expect(JSON.parse(lines.at(-1)!)).toEqual({
			event: 'stopped',
			command: expect.stringMatching(/^npx textloom train ag-news .*--sample .* --resume$/),
		});
		const { position } = (await loadCheckpoint(join(cwd, out)))!;
		// The second epoch, or a later one, or between two, where this process was slow to send the signal.
		expect(position.epoch).toBe(position.history.length);
		expect(position.step).toBeGreaterThan(position.batch);
		expect((await cli(['predict', out, '-'], { cwd })).stderr).toMatch(
			/expected a trained model in stopped-\w+, got a run that was stopped\. Go on/,
		);

		const { events, hash } = await train(tables, out, '--resume');
		expect(events[1]).toMatchObject({ event: 'start', resumed: true, epochsDone: position.epoch, finished: false });
		expect(hash).toBe((await whole[tables]).hash);
		// The losses of the epoch that was cut in two are those of the whole one.
		const losses = (all: typeof events) =>
			all.filter(({ event }) => event === 'epoch').map(({ loss, validation }) => ({ loss, validation }));
		expect(losses(events)).toEqual(losses((await whole[tables]).events).slice(position.epoch));
	});
});

it.concurrent('goes on after it was killed at any moment, and leaves nothing behind', async () => {
	const reference = await whole.host;
	for (let attempt = 0; attempt < 3; attempt++) {
		const delay = 600 * Math.random();
		const { ended } = start(args('host', 'killed', '--resume'), {
			cwd,
			onLine: (line, child) => {
				if (JSON.parse(line).event === 'start') setTimeout(() => child.kill('SIGKILL'), delay);
			},
		});
		const { code, signal } = await ended;
		// Killed, or faster than that.
		expect(signal === 'SIGKILL' || code === 0, `after ${delay} ms`).toBe(true);
	}
	expect((await train('host', 'killed', '--resume')).hash).toBe(reference.hash);
	const files = readdirSync(join(cwd, 'killed'), { recursive: true, encoding: 'utf8' });
	expect(files.filter((name) => name.includes('.textloom-'))).toEqual([]);
});

it.concurrent('ends at once at a second Ctrl-C', async () => {
	const { ended } = start(args('host', 'twice'), {
		cwd,
		onLine: (line, child) => {
			if (JSON.parse(line).event !== 'epoch') return;
			// Two names, since signals of one name that wait are one.
			child.kill('SIGTERM');
			child.kill('SIGINT');
		},
	});
	const { code, signal, stderr } = await ended;
	expect(stderr).toBe('\nstopping: writing a checkpoint (Ctrl-C again to leave at once)\n');
	// By the second signal, or by the end that the first one brought just before.
	expect(code === 130 || signal === 'SIGINT' || signal === 'SIGTERM', `code ${code}, signal ${signal}`).toBe(true);
});

it.concurrent('has nothing left to do in a run that is over, and goes on with more epochs', async () => {
	const before = await train('host', 'longer');
	const { events, hash } = await train('host', 'longer', '--resume');
	expect(events.map(({ event }) => event)).toEqual(['source', 'start', 'finished', 'end']);
	expect(hash).toBe(before.hash);
	const more = await train('host', 'longer', '--resume', '--epochs', '4');
	expect(more.events.filter(({ event }) => event === 'epoch').map(({ epoch }) => epoch)).toEqual([4]);
	expect(more.hash).toBe((await train('host', 'four', '--epochs', '4')).hash);
	expect(more.hash).not.toBe(before.hash);
});

it.concurrent('begins anew with --overwrite', async () => {
	await cli(args('host', 'anew', '--epochs', '1', '--seed', '5'), { cwd });
	expect(hash('anew')).not.toBe((await whole.host).hash);
	expect((await train('host', 'anew', '--overwrite')).hash).toBe((await whole.host).hash);
});
