// textloom corpora: which corpora there are, and getting them.
import { nearest } from '../../base/nearest.js';
import { loadCorpora } from '../catalog.js';
import { defineCommand } from '../command.js';
import { getCorpus } from '../corpora/get.js';
import { listCorpora } from '../corpora/list.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, form, many, text } from '../flags/kinds.js';
import { interruptible } from '../interrupt.js';
import { UsageError } from '../usage-error.js';

const { data } = groups.data;
const { mirror } = group('Data sets', {
	mirror: {
		kind: many(form('URL=URL', /^https?:\/\/.+?=https?:\/\/.+$/)),
		value: 'URL=URL',
		help: 'fetch what is published below the first URL from below the second',
	},
});

export default defineCommand({
	parameters: {
		action: {
			kind: choice('list', 'get'),
			value: 'list|get',
			help: 'list: every corpus, its splits, where it is; get: download, go on where it was cut off, check',
		},
		names: { kind: text, value: 'NAME', help: 'the corpora to get', takes: 'any', words: async () => Object.keys(await loadCorpora()) },
	},
	flags: {
		data: { ...data, otherwise: 'TEXTLOOM_DATA, else the cache, ~/.cache/textloom' },
		...needing('get', { mirror }),
		...needing('list', groups.out),
		...groups.json,
	},
	facts: {
		get: ({ parameters: { action } }) => action === 'get' || action,
		list: ({ parameters: { action } }) => action === 'list' || action,
	},
	example: ['textloom corpora list'],
	async run({ action, names }, { data, mirror, out, json }) {
		const all = await loadCorpora();
		if (action === 'list') {
			if (names.length > 0) throw new UsageError(`expected list without names, got ${names.join(' ')}.`);
			return await listCorpora(all, { data, out, json });
		}
		if (names.length === 0) throw new UsageError('expected get and the names of corpora, got get alone.');
		const unknown = names.find((name) => !Object.hasOwn(all, name));
		if (unknown !== undefined) {
			const meant = nearest(unknown, Object.keys(all));
			const next = meant ? ` Did you mean ${meant}?` : '';
			throw new UsageError(`expected a corpus (${Object.keys(all).join(', ')}), got ${JSON.stringify(unknown)}.${next}`);
		}
		const { controller, done } = interruptible('\nstopping: what has come is kept (Ctrl-C again to leave at once)');
		try {
			for (const name of new Set(names)) await getCorpus(all[name]!, { data, mirrors: mirrorsOf(mirror), json, signal: controller.signal });
			return 0;
		} catch (error) {
			if (controller.signal.aborted) return 130;
			throw error;
		} finally {
			done();
		}
	},
});

/** URLs by those that they take the place of. */
function mirrorsOf(given: readonly string[]): Record<string, string> {
	return Object.fromEntries(given.map((mirror) => mirror.split(/=(?=https?:\/\/)/, 2) as [from: string, to: string]));
}
