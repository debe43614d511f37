// textloom info: versions, devices, threads, data sets.
import { availableParallelism } from 'node:os';
import { devices, runtimeVersion } from '../graph/index.js';
import { loadCorpora } from './catalog.js';
import { type Command, text } from './command.js';
import { print } from './output.js';
import { version } from './version.js';

export const info: Command = {
	summary: 'versions, devices, threads and the data sets found',
	parameters: [],
	usage: `  --data DIR             where the data sets are (default: TEXTLOOM_DATA, else the cache, else the sample corpus)
  --json                 one JSON object`,
	flags: { data: { type: 'string' }, json: { type: 'boolean' } },
	async run(_parameters, values) {
		const data = text(values, 'data');
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
		if (values.json) await print(JSON.stringify(facts));
		else {
			await print(
				`textloom ${facts.textloom}, Node.js ${facts.node}, ONNX Runtime ${facts.onnxruntime}, ${facts.platform}, ${facts.threads} threads`,
			);
			await print(`Devices: ${facts.devices.map(({ name, bundled }) => (bundled ? name : `${name} (needs its libraries)`)).join(', ')}`);
			await print('Data sets:');
			const there = corpora.filter(({ found }) => found);
			for (const { name, title, origin } of there) await print(`  ${name.padEnd(12)} ${title}: ${origin}`);
			const more = corpora.length - there.length;
			if (more > 0) await print(`  and ${more} more to get: textloom corpora list`);
		}
		return 0;
	},
};

/** Where a corpus is, or why it is not there. */
function found(open: () => { origin: string; sample: boolean }): { origin: string; sample: boolean; found: boolean } {
	try {
		const { origin, sample } = open();
		return { origin, sample, found: true };
	} catch (error) {
		return { origin: (error as Error).message, sample: false, found: false };
	}
}
