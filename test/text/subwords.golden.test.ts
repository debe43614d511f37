// The tokenizers of real models against Hugging Face's own ids, tokens and offsets (TEXTLOOM_DATA).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, type Subwords, subwords } from 'textloom';
import { describe, expect, it } from 'vitest';

const data = process.env.TEXTLOOM_DATA;

interface Row {
	text: string;
	pair?: string;
	ids: number[];
	tokens: string[];
	offsets: [number, number][];
	ids_without_special: number[];
	type_ids: number[];
	decoded: string;
}

describe.skipIf(!data)('subwords of published models (TEXTLOOM_DATA)', () => {
	it.each(['all-MiniLM-L6-v2', 'tiny-bert', 'tiny-distilbert', 'tiny-roberta', 'tiny-albert'])('%s', async (model) => {
		const folder = join(data!, 'models', model);
		const path = join(folder, 'tokenizer.json');
		const rows = readFileSync(join(folder, 'golden/tokenizer.jsonl'), 'utf8')
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as Row);
		const single = rows.filter(({ pair }) => pair === undefined);
		const pairs = rows.filter(({ pair }) => pair !== undefined);
		// The golden offsets count code points, ours UTF-16 units.
		const units = (text: string, at: number) => [...text].slice(0, at).join('').length;
		const expected = ({ text, pair = '', ids, tokens, offsets, type_ids: types }: Row) => ({
			ids,
			tokens,
			offsets: offsets.map(([start, end], i) => [start, end].map((at) => units(isSecond(ids, i) ? pair : text, at))),
			types,
		});
		/** A pair's second text begins after the first separator. */
		const isSecond = (ids: number[], token: number) => ids.slice(0, token).includes(separator);
		const first = subwords(path, { offsets: true });
		const separator = ['[SEP]', '</s>'].map((token) => first.idOf(token)).find((id) => id !== undefined)!;
		const plainOf = ({ ids, tokens, offsets, types }: Subwords) => ({
			ids: [...ids],
			tokens,
			offsets,
			...(types && { types: [...types] }),
		});

		const encoded = await collect(first(single));
		expect(encoded.map(({ ids, tokens, offsets }) => plainOf({ ids, tokens, offsets: offsets! }))).toEqual(
			single.map(expected).map(({ types, ...rest }) => rest),
		);
		const both = await collect(subwords(path, { offsets: true, pair: 'pair' })(pairs.map(({ text, pair }) => ({ text, pair }))));
		expect(both.map(({ ids, tokens, offsets, types }) => plainOf({ ids, tokens, offsets: offsets!, types: types! }))).toEqual(
			pairs.map(expected),
		);
		const plain = await collect(subwords(path, { special: false })(single.map(({ text }) => ({ text }))));
		expect(plain.map(({ ids }) => [...ids])).toEqual(single.map(({ ids_without_special: ids }) => ids));
		expect(await Promise.all(single.map(({ ids }) => first.decode(ids)))).toEqual(single.map(({ decoded }) => decoded));
	});
});
