// A training step of PyTorch: runs the peers' script in a process of its own.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Milliseconds of one step (the median of some) of a model of `torch_models.py`. `$PEERS_PYTHON` is the Python that has PyTorch. */
export async function peerStep(peers: string, model: string, modes: readonly string[], steps: number): Promise<number> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const { stdout } = await promisify(execFile)(python, [join(peers, 'torch_train.py'), model, ...modes, '--steps', String(steps)]);
	const { ms_per_step: milliseconds } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { ms_per_step: number };
	return milliseconds;
}
