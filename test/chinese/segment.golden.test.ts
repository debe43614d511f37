// Segmentation against Python's jieba 0.42.1: our own lines in all modes, changed dictionaries, and hashes of published lines.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createSegmenter, type Segmenter } from 'textloom';
import { describe, expect, it } from 'vitest';

const golden = (name: string) => readFileSync(new URL(`../golden/chinese/${name}`, import.meta.url), 'utf8');
const tagged = (segmenter: Segmenter, text: string, hmm = true) => segmenter.tag(text, { hmm }).map(({ token, tag }) => `${token}/${tag}`);
/** As Python's tokenize gives them. */
const placed = (segmenter: Segmenter, text: string, mode: 'precise' | 'search' = 'precise') =>
	segmenter.tokenize(text, { mode, unit: 'codePoint' }).map(({ token, start, end }) => [token, start, end]);

const modes: Readonly<Record<string, (segmenter: Segmenter, text: string) => string[]>> = {
	precise: (segmenter, text) => segmenter.cut(text),
	plain: (segmenter, text) => segmenter.cut(text, { hmm: false }),
	full: (segmenter, text) => segmenter.cutFull(text),
	search: (segmenter, text) => segmenter.cutForSearch(text),
	'search-plain': (segmenter, text) => segmenter.cutForSearch(text, { hmm: false }),
	tagged: (segmenter, text) => tagged(segmenter, text),
	'tagged-plain': (segmenter, text) => tagged(segmenter, text, false),
};

describe('segmentation as jieba does it', () => {
	const segmenter = createSegmenter();
	const lines = golden('own.txt').split('\n');

	it('has lines of many kinds', () => {
		expect(lines.length).toBeGreaterThanOrEqual(1000);
		expect(new Set(lines).size).toBe(lines.length);
	});

	it.each(Object.entries(modes))('gives its tokens for our own lines: %s', (mode, cut) => {
		const theirs = JSON.parse(golden(`own.${mode}.json`)) as string[][];
		expect(theirs.length).toBe(lines.length);
		for (const [place, line] of lines.entries()) expect(cut(segmenter, line), line).toEqual(theirs[place]);
	});

	const { cases, texts } = JSON.parse(golden('cases.json')) as {
		cases: readonly {
			readonly words: string[];
			readonly text: string;
			readonly suggest: [string | string[], number][];
			readonly [mode: string]: unknown;
		}[];
		texts: readonly { readonly text: string; readonly tokens: unknown; readonly [mode: string]: unknown }[];
	};

	it.each(texts)('gives its tokens around line breaks: $text', ({ text, tokens, ...expected }) => {
		for (const [mode, cut] of Object.entries(modes)) expect(cut(segmenter, text), mode).toEqual(expected[mode]);
		expect(placed(segmenter, text)).toEqual(tokens);
	});

	it.each(cases)('takes words of the user as it does: $words', ({ words, text, suggest, ...expected }) => {
		const own = createSegmenter({ words });
		for (const mode of ['precise', 'plain', 'full', 'search', 'tagged']) expect(modes[mode]!(own, text), mode).toEqual(expected[mode]);
		expect(placed(own, text)).toEqual(expected.tokens);
		expect(placed(own, text, 'search')).toEqual(expected.searched);
		expect(suggest.map(([parts]) => [parts, own.suggestFrequency(parts)])).toEqual(suggest);
		own.suggestFrequency(['方', '面'], { tune: true });
		own.suggestFrequency('会被', { tune: true });
		own.deleteWord('专家');
		own.deleteWord('创新');
		own.addWord('的专', { tag: 'xx' });
		expect(own.cut(text)).toEqual(expected.changed);
		expect(own.cut(text, { hmm: false })).toEqual(expected['changed-plain']);
	});
});

const data = process.env.TEXTLOOM_DATA ?? '';
const files = JSON.parse(golden('hashes.json')) as { file: string; step: number; count: number; hashes: string }[];
const isThere = data !== '' && files.every(({ file }) => existsSync(join(data, file)));

describe.skipIf(!isThere)('segmentation of published lines (skipped without TEXTLOOM_DATA)', () => {
	it('differs from jieba in at most 0.05% of them', () => {
		const segmenter = createSegmenter();
		let count = 0;
		const differing: string[] = [];
		for (const { file, step, count: lines, hashes } of files) {
			const expected = Buffer.from(hashes, 'base64');
			const all = gunzipSync(readFileSync(join(data, file)))
				.toString()
				.split('\n');
			for (let i = 0; i < lines; i++, count++) {
				const line = all[i * step]!;
				if (fnv1a(segmenter.cut(line).join('\u0001')) !== expected.readUInt32LE(i * 4)) differing.push(`${file}:${i * step + 1}`);
			}
		}
		console.log(
			`segmentation: ${differing.length} of ${count} lines differ (${((differing.length / count) * 100).toFixed(4)}%) ${differing.join(' ')}`,
		);
		expect(count).toBeGreaterThan(20_000);
		expect(differing.length / count).toBeLessThanOrEqual(0.0005);
	});
});

function fnv1a(text: string): number {
	let hash = 0x811c9dc5;
	for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
	return hash >>> 0;
}
