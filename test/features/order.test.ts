// The order of what is learned from text: by code point, as Python sorts, so that ids are those of a reference.
import { bpe, labels, type SubwordStage, tfidf, unigram, vocabulary, wordpiece } from 'textloom';
import { describe, expect, it } from 'vitest';

// By UTF-16 code unit 😀 (d83d de00) comes before Ａ (ff21); by code point it comes after.
const tokens = ['😀', 'Ａ', '𝐀', '\ue000', 'é', 'z'];
const sorted = ['z', 'é', '\ue000', 'Ａ', '𝐀', '😀'];

describe('order by code point', () => {
	it('of equally frequent tokens of a vocabulary', async () => {
		expect((await vocabulary().fit([{ tokens }])).tokens).toEqual(['<pad>', '<unk>', ...sorted]);
	});

	it('of the tokens that tfidf learned', async () => {
		const { spec } = await tfidf().fit([{ tokens }]);
		expect((spec.state as { tokens: string[] }).tokens).toEqual(sorted);
	});

	it('of labels', async () => {
		expect((await labels().fit(tokens.map((label) => ({ label })))).names).toEqual(sorted);
	});

	const letters = [{ text: '😀Ａ𝐁é z 😀Ａ𝐁é z' }];
	const vocab = async (stage: Promise<SubwordStage>) => {
		const { vocab } = (await stage).json.model;
		const ids = Array.isArray(vocab) ? vocab.map((entry) => (entry as [string])[0]) : Object.keys(vocab as object);
		return ids.filter((token) => [...token].length === 1);
	};
	it('of the alphabets of subwords', async () => {
		expect(await vocab(bpe({ size: 12, byteLevel: false }).fit([{ text: '😀 𝐀 Ａ'.normalize('NFC') }]))).toEqual(['A', '▁', '😀']);
		// WordPiece has no NFKC: the full-width letter stays.
		expect(await vocab(wordpiece({ size: 40, lowercase: false }).fit(letters))).toEqual(['z', 'é', 'Ａ', '𝐁', '😀']);
		expect((await vocab(unigram({ size: 12 }).fit([{ text: '😀豈 豈😀' }]))).sort()).toEqual(['▁', '豈', '😀'].sort());
	});
});
