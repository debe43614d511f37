// The device that a training runs on: one that ONNX Runtime can use here, found out before anything is read.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { devices } from '../../graph/index.js';
import { UsageError } from '../usage-error.js';

const probe = fileURLToPath(new URL('./probe-device.js', import.meta.url));

/** The device that was asked for; of `auto` the first beside the CPU that works, else the CPU. Throws where one is unknown or does not work. */
export async function chooseDevice(asked: string): Promise<string> {
	const names = devices().map(({ name }) => name);
	const others = names.filter((name) => name !== 'cpu');
	if (asked === 'auto') {
		for (const name of others) if ((await refusalOf(name)) === undefined) return name;
		return 'cpu';
	}
	if (!names.includes(asked)) {
		throw new UsageError(
			`expected auto or a device of this ONNX Runtime (${names.join(', ')}) for --device, got ${asked}. Leave it out for the CPU.`,
		);
	}
	const refusal = asked === 'cpu' ? undefined : await refusalOf(asked);
	if (refusal === undefined) return asked;
	throw new Error(
		`expected a device that works here for --device, got ${asked}: ${refusal}. Install what it needs, or leave it out for the CPU.`,
	);
}

/** Why a device does not work. In a process of its own: drivers write to stderr, and may end it. */
function refusalOf(device: string): Promise<string | undefined> {
	return new Promise((resolve) => {
		execFile(process.execPath, [probe, device], { timeout: 60_000 }, (error, stdout) => {
			const said = stdout
				.split('\n')
				.find((line) => line.startsWith('device: '))
				?.slice('device: '.length);
			resolve(said === 'works' ? undefined : (said ?? error?.message.split('\n')[0] ?? 'it ended without a word'));
		});
	});
}
