// The tables of the README, made of what the package exports, and of the results that were measured.
import { readFileSync } from 'node:fs';
import * as textloom from 'textloom';
import { corpora } from 'textloom/corpora/index';
import * as stream from 'textloom/stream';
import { ownOf } from '../../src/stream/own.js';
import { cases, translations } from '../results/cases.js';
import type { Results, TranslationResults } from '../results/result.js';
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

/** What the pipelines come to, as `npm run results` has measured it. */
function resultsTable(path: string): string {
	const results = JSON.parse(readFileSync(path, 'utf8')) as Results;
	return table(
		['pipeline', 'model', 'corpus', 'training / test', 'accuracy', 'parameters', 'minutes', 'beside it'],
		cases.flatMap(({ name, model, corpus, vote, beside = '' }) => {
			const result = results[name];
			if (!result) return [];
			const { accuracy, training, test, parameters, seconds } = result;
			return [
				[
					vote ? vote.map((one) => `\`${one}\``).join(' + ') : `\`${name}\``,
					...[model, corpus, `${training.toLocaleString('en')} / ${test.toLocaleString('en')}`, `${(100 * accuracy).toFixed(1)}%`],
					...[`${(parameters / 1e6).toFixed(1)} M`, (seconds / 60).toFixed(1), beside],
				],
			];
		}),
	);
}

/** The same of translations. */
function translationsTable(path: string): string {
	const results = JSON.parse(readFileSync(path, 'utf8')) as TranslationResults;
	return table(
		['pipeline', 'model', 'corpus', 'training / test', 'BLEU of', 'five beams', 'greedy', 'chrF', 'parameters', 'minutes'],
		translations.flatMap(({ name, model, corpus, of }) => {
			const result = results[name];
			if (!result) return [];
			const { bleu, greedy, chrf, training, test, parameters, seconds } = result;
			return [
				[
					...[`\`${name}\``, model, corpus, `${training.toLocaleString('en')} / ${test.toLocaleString('en')}`, of],
					...[bleu, greedy, chrf].map((score) => score.toFixed(1)),
					...[`${(parameters / 1e6).toFixed(1)} M`, (seconds / 60).toFixed(1)],
				],
			];
		}),
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
		results: resultsTable(at('test/results/results.json')),
		translations: translationsTable(at('test/results/translations.json')),
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
