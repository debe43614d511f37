// The tables of the README, made of what the package exports.
import * as textloom from 'textloom';
import { corpora } from 'textloom/corpora/index';
import * as stream from 'textloom/stream';
import { ownOf } from '../../src/stream/own.js';
import { exportsOf } from './exports.js';

const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
	[head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const sentences = (index: string) => new Map(exportsOf(index).map(({ name, sentence }) => [name, sentence]));
const root = { ...stream, ...textloom };

/** Those of a kind, in the order of their names, with what they do. */
function own(kind: string, indexes: readonly string[]): string {
	const known = new Map(indexes.flatMap((index) => [...sentences(index)]));
	const names = Object.keys(ownOf(kind, root)).sort();
	return table(
		[kind, 'does'],
		names.map((name) => [`\`${name}\``, known.get(name)?.() ?? '']),
	);
}

/** The generated parts of the README, by their names there. */
export function tables(folder: string): Readonly<Record<string, string>> {
	const at = (path: string) => `${folder}/${path}`;
	const listed = Object.values(corpora);
	return {
		sources: own('source', [at('src/stream/public.ts')]),
		sinks: own('sink', [at('src/stream/public.ts')]),
		stages: own('stage', [
			at('src/stream/public.ts'),
			at('src/text/index.ts'),
			at('src/chinese/index.ts'),
			at('src/features/index.ts'),
			at('src/classic/index.ts'),
			at('src/keywords/index.ts'),
			at('src/embeddings/index.ts'),
		]),
		layers: [...sentences(at('src/nn/index.ts')).keys()].map((name) => `\`${name}\``).join(', '),
		corpora: table(
			['corpus', 'is', 'documents'],
			listed.map(({ name, title, kind, splits }) => [
				`\`${name}\``,
				`${title} (${kind})`,
				Object.entries(splits as Readonly<Record<string, number>>)
					.map(([split, count]) => `${split} ${count.toLocaleString('en')}`)
					.join(', '),
			]),
		),
	};
}
