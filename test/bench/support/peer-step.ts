// What the peers' Python scripts measure: each runs in a process of its own.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The last line of what a script prints. `$PEERS_PYTHON` is the Python that has PyTorch. */
export async function peerResult(peers: string, [script, ...more]: readonly [script: string, ...more: string[]]) {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const { stdout } = await promisify(execFile)(python, [join(peers, script), ...more]);
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as Readonly<Record<string, unknown>>;
}

/** Milliseconds of one training step (the median of some) of a model of `torch_models.py`. */
export async function peerStep(peers: string, model: string, modes: readonly string[], steps: number): Promise<number> {
	return (await peerResult(peers, ['torch_train.py', model, ...modes, '--steps', String(steps)])).ms_per_step as number;
}
