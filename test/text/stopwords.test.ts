import { englishStopwords, stopwords } from 'textloom';
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

	it('knows its languages', () => {
		expect(() => stopwords({ language: 'tlh' as 'en' })).toThrow("stopwords: expected language to be one of en, got 'tlh'.");
		expect(() => stopwords({ language: 'constructor' as 'en' })).toThrow(RangeError);
	});

	it('has an ordinary list', () => {
		expect(englishStopwords.size).toBeGreaterThan(200);
		for (const word of ['film', 'market', 'good', 'new', 'first']) expect(englishStopwords.has(word)).toBe(false);
	});
});
