// textloom info: versions, devices, threads, data sets.
import { availableParallelism } from 'node:os';
import { version } from '../../base/version.js';
import { loadCorpora } from '../catalog.js';
import { defineCommand } from '../command.js';
import * as groups from '../flags/groups.js';
import { openOutput } from '../output.js';

const { data } = groups.data;

export default defineCommand({
	parameters: {},
	flags: { data, ...groups.out, ...groups.json },
	example: ['textloom info'],
	async run(_, { data, out, json }) {
		const { devices, runtimeVersion } = await import('../../graph/index.js');
		const { print, done } = openOutput(out);
		const corpora = Object.entries(await loadCorpora()).map(([name, corpus]) => ({
			name,
			title: corpus.title,
			...found(() => corpus.train(data)),
		}));
		const facts = {
			textloom: version,
			node: process.versions.node,
			onnxruntime: runtimeVersion,
			platform: `${process.platform} ${process.arch}`,
			devices: devices(),
			threads: availableParallelism(),
			corpora,
		};
		if (json) await print(JSON.stringify(facts));
		else {
			await print(
				`textloom ${facts.textloom}, Node.js ${facts.node}, ONNX Runtime ${facts.onnxruntime}, ${facts.platform}, ${facts.threads} threads`,
			);
			await print(`Devices: ${facts.devices.map(({ name, bundled }) => (bundled ? name : `${name} (needs its libraries)`)).join(', ')}`);
			await print('Data sets:');
			const there = corpora.filter(({ found }) => found);
			for (const { name, title, origin } of there) await print(`  ${name.padEnd(12)} ${title}: ${origin}`);
			const more = corpora.length - there.length;
			if (more > 0) await print(`  and ${more} more to get: npx textloom corpora list`);
		}
		await done();
		return 0;
	},
});

/** Where a corpus is, or why it is not there. */
function found(open: () => { origin: string; sample: boolean }): { origin: string; sample: boolean; found: boolean } {
	try {
		const { origin, sample } = open();
		return { origin, sample, found: true };
	} catch (error) {
		return { origin: (error as Error).message, sample: false, found: false };
	}
}
