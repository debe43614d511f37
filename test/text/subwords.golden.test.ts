// The tokenizers of real models against Hugging Face's own ids, tokens and offsets (TEXTLOOM_DATA).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, subwords } from 'textloom';
import { describe, expect, it } from 'vitest';

const data = process.env.TEXTLOOM_DATA;

interface Row {
	text: string;
	pair?: string;
	ids: number[];
	tokens: string[];
	offsets: [number, number][];
	ids_without_special: number[];
}

describe.skipIf(!data)('subwords of published models (TEXTLOOM_DATA)', () => {
	it.each(['all-MiniLM-L6-v2', 'tiny-bert', 'tiny-distilbert', 'tiny-roberta', 'tiny-albert'])('%s', async (model) => {
		const folder = join(data!, 'models', model);
		const path = join(folder, 'tokenizer.json');
		const rows = readFileSync(join(folder, 'golden/tokenizer.jsonl'), 'utf8')
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as Row)
			.filter(({ pair }) => pair === undefined);
		const texts = rows.map(({ text }) => ({ text }));
		const encoded = await collect(subwords(path, { offsets: true })(texts));
		// The golden offsets count code points, ours UTF-16 units.
		const points = (text: string, at: number) => [...text.slice(0, at)].length;
		expect(
			encoded.map(({ text, ids, tokens, offsets }) => ({
				ids: [...ids],
				tokens,
				offsets: offsets!.map(([start, end]) => [points(text, start), points(text, end)]),
			})),
		).toEqual(rows.map(({ ids, tokens, offsets }) => ({ ids, tokens, offsets })));
		const plain = await collect(subwords(path, { special: false })(texts));
		expect(plain.map(({ ids }) => [...ids])).toEqual(rows.map(({ ids_without_special: ids }) => ids));
	});
});
