import { englishStopwords, stopwordLanguages, stopwords, stopwordsOf } from 'textloom';
import { describe, expect, it } from 'vitest';

const drop = (text: string, options = {}) =>
	stopwords(options)
		.apply([{ tokens: text.split(' ') }])[0]!
		.tokens.join(' ');

describe('stopwords', () => {
	it('drops function words in lower case', () => {
		expect(drop("the film was not good and i don't like it")).toBe('film good like');
		expect(drop('they don’t say why')).toBe('say');
		expect(drop('The US sent it to US')).toBe('The US sent US');
	});

	it('takes more words, and keeps some', () => {
		expect(drop('the film was not good', { extra: ['film'], keep: ['not'] })).toBe('not good');
		expect(stopwords({ keep: ['not'] }).spec.options).toEqual({ language: 'en', extra: [], keep: ['not'] });
	});

	it('has lists of many languages', () => {
		expect(drop('der hund und die katze sind nicht im haus', { language: 'de' })).toBe('hund katze haus');
		expect(drop('les chats et le chien dans la maison', { language: 'fr' })).toBe('chats chien maison');
		expect(drop('我 的 书', { language: 'zh' })).toBe('书');
		expect(drop('我 的 書', { language: 'zh-Hant' })).toBe('書');
		expect(drop('為了 爲了 個 这个 這個 學校', { language: 'zh-Hant' })).toBe('这个 學校');
		expect(drop('the cat', { language: false, extra: ['cat'] })).toBe('the');
		for (const language of stopwordLanguages) {
			const list = [...stopwordsOf(language)];
			expect(list.length).toBeGreaterThan(25);
			expect(list).toEqual(list.map((word) => word.toLowerCase().normalize('NFC')));
		}
	});

	it('knows its languages', () => {
		expect(() => stopwords({ language: 'tlh' })).toThrow(
			"'zh', 'zh-Hant', 'zu' or false, got 'tlh'. Take another, and pass your own words as extra.",
		);
		expect(() => stopwords({ language: 'constructor' })).toThrow(RangeError);
	});

	it('has an ordinary list', () => {
		expect(englishStopwords.size).toBeGreaterThan(200);
		for (const word of ['film', 'market', 'good', 'new', 'first']) expect(englishStopwords.has(word)).toBe(false);
	});
});
