// Chinese numerals in texts, written in the digits 0 to 9 where they can be nothing else.
import { argumentOf, is, optionsOf } from '../base/index.js';
import { map, ownStage, type Stage } from '../stream/index.js';
import { plainDecimal } from './format-number.js';
import { digits, groups, pairs, positional, tens, units } from './numeral-parts.js';
import { longestNumeral, numeralValue } from './parse-number.js';

const digit = [...digits.keys()].join('');
const unit = [...units.keys(), ...groups.keys()].join('');
const any = `${digit}${unit}${[...tens.keys(), ...pairs].join('')}`;
const group = [...groups.keys()].join('');

/** A sign, parts of a whole, the number, decimals with 万 or 亿 after them. */
const numeral = new RegExp(`([负負])?(?:([${any}]+)分之)?([${any}]+)(?:([点點])([${digit}]+)([${group}]*))?`, 'gu');
const nonZero = new RegExp(
	`[${[...digits].flatMap(([character, value]) => (value > 0 ? character : [])).join('')}${[...tens.keys()].join('')}${[...pairs].join('')}]`,
);
const hasUnit = new RegExp(`[${unit}${[...tens.keys()].join('')}]`);
const shares = new Map([
	['百', '%'],
	['千', '‰'],
	['万', '‱'],
	['萬', '‱'],
]);

/** The digits of a number without decimals, or undefined where it may be something else. */
function wholeOf(text: string, next: string): string | undefined {
	if (text.length < 2 || text.length > longestNumeral || !nonZero.test(text)) return undefined;
	if (!hasUnit.test(text)) {
		const places = positional(text);
		const year = next === '年' && (text.length === 2 || text.length === 4);
		return year || text.includes('〇') || (text.includes('零') && text.length > 2) ? places : undefined;
	}
	return next === '几' || next === '幾' ? undefined : plain(text);
}

function plain(text: string): string | undefined {
	const value = text.length > longestNumeral ? Number.NaN : numeralValue(text, false);
	return value <= Number.MAX_SAFE_INTEGER ? plainDecimal(value) : undefined;
}

/** What stands after a point that is one of time or of places: 三点一刻, 八点二十, 两点一线. */
const notDecimal = new RegExp(`^[分刻钟鐘点點线線滴${unit}]`, 'u');

function decimalOf(whole: string, places: string, scale: string, next: string): string | undefined {
	// 一点三 may be a little of three; 两点 is a time or two points.
	if (pairs.has(whole) || notDecimal.test(next) || (/^[一壹]$/u.test(whole) && places.length === 1 && scale === '')) return undefined;
	return plain(`${whole}点${places}${scale}`);
}

function written(text: string): string {
	return text.replace(numeral, (found: string, sign, parts, whole: string, point, places, scale, at: number) => {
		const next = text.slice(at + found.length, at + found.length + 1);
		if (/[\d.]/.test(text.slice(Math.max(0, at - 1), at)) || /[\d]/.test(next)) return found;
		const decimal: string | undefined = point === undefined ? undefined : decimalOf(whole, places, scale, next);
		const minus = sign === undefined ? '' : '-';
		if (parts !== undefined) {
			const share = shares.get(parts);
			const of = point !== undefined ? decimal : share !== undefined && whole === parts ? plain(`一${whole}`) : plain(whole);
			if (of === undefined) return found;
			if (share !== undefined) return `${minus}${of}${share}`;
			const below = plain(parts);
			return below === undefined || point !== undefined ? found : `${minus}${of}/${below}`;
		}
		if (point === undefined) {
			const out = wholeOf(whole, next);
			return out === undefined ? found : minus + out;
		}
		if (decimal !== undefined) return minus + decimal;
		// What stands before the point may be a number by itself: 二十点.
		const before = wholeOf(whole, point);
		return before === undefined ? found : `${minus}${before}${found.slice((sign ?? '').length + whole.length)}`;
	});
}

/**
 * A text with its Chinese numerals in digits, where they can be nothing else: numbers with units and a digit (三千五百 → 3500, 二十一 → 21), years (二〇二四年),
 * decimals (三点一四), shares (百分之二十 → 20%, 三分之一 → 1/3). What may be something else stays: one character (一些, 十分, 万一), units without a digit (千万, 几百万),
 * rows of digits (三三两两), about so many (七八十, 二十几), short forms (二百五), times (三点一刻, 八点二十).
 *
 * @example
 * convertNumeralsText('二〇二四年，一共三千五百人，百分之二十'); // '2024年，一共3500人，20%'
 */
export function convertNumeralsText(text: string): string {
	return written(argumentOf('convertNumeralsText', 'text', text, is.text));
}

/**
 * The stage that writes the Chinese numerals of `text` in digits; the same work as `convertNumeralsText`.
 *
 * @example
 * pipe(docs, convertNumerals(), segment());
 */
export const convertNumerals = ownStage((given: Record<never, never> = {}): Stage<{ text: string }, { text: string }> => {
	optionsOf('convertNumerals', given, {});
	const stage = map(({ text }: { text: string }) => ({ text: written(text) }), {
		stage: 'convertNumerals',
		options: {},
		needs: { text: 'text' },
	});
	return Object.assign(stage, { rewrites: 'text' });
});
