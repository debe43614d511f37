// Chinese numerals read as numbers.
import { argumentOf, is } from '../base/index.js';
import { groups, positional, united, units } from './numeral-parts.js';

/** The most characters of a numeral. */
export const longestNumeral = 64;

const exponents = new Map([...units, ...groups].map(([character, size]) => [character, Math.log10(size)]));

/** 三点五万, 3.5亿, 2万亿: a decimal with units after it. */
const scaled = /^([\d.,]+|.*?[点點][^点點十拾百佰千仟万萬亿億]+)([十拾百佰千仟万萬亿億]+)$/u;
const arabic = /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/;

/** The value of a numeral without sign, or NaN. `short`: as in 二百五. */
export function numeralValue(text: string, short: boolean): number {
	const [below, above, ...more] = text.split('分之');
	if (above !== undefined) {
		const whole = below!.length === 1 ? (units.get(below!) ?? groups.get(below!)) : undefined;
		const parts = whole ?? numeralValue(below!, short);
		if (more.length > 0 || !(parts > 0)) return Number.NaN;
		return (above === below && whole !== undefined ? whole : numeralValue(above, short)) / parts;
	}
	const unitsAfter = scaled.exec(text);
	if (unitsAfter) {
		let exponent = 0;
		for (const character of unitsAfter[2]!) exponent += exponents.get(character)!;
		const decimal = decimalOf(unitsAfter[1]!, short);
		return decimal === undefined ? Number.NaN : Number(`${decimal}e${exponent}`);
	}
	return Number(decimalOf(text, short) ?? Number.NaN);
}

/** A numeral in the digits 0 to 9, without units after a point, or undefined. */
function decimalOf(text: string, short: boolean): string | undefined {
	if (arabic.test(text)) return text.replaceAll(',', '');
	const [before, after, ...more] = text.split(/[点點]/u);
	if (after === undefined) return wholeOf(before!, short);
	const [whole, places] = [wholeOf(before!, false), positional(after)];
	return more.length > 0 || whole === undefined || places === undefined ? undefined : `${whole}.${places}`;
}

function wholeOf(text: string, short: boolean): string | undefined {
	const inPlaces = positional(text);
	if (inPlaces !== undefined) return inPlaces;
	const value = united(text, short);
	return Number.isNaN(value) ? undefined : String(value);
}

/**
 * The number that a Chinese numeral stands for; undefined for what is none, or is beyond the whole numbers that JavaScript has exactly (2⁵³). Read are: numerals with units up to
 * 万亿 (三千五百零二万), digits place by place (二〇二四), 两 廿 卅, the forms of cheques (壹仟贰佰), traditional ones, decimals (三点一四, 三点五万), shares
 * (百分之二十, 三分之一), 负, figures before units (3.5万), and the short forms 二百五 (250) and 三万五 (35,000).
 *
 * @example
 * parseChineseNumber('三千五百零二万'); // 35020000
 * parseChineseNumber('百分之十二点五'); // 0.125
 */
export function parseChineseNumber(text: string): number | undefined {
	argumentOf('parseChineseNumber', 'text', text, is.text);
	if (text.length > longestNumeral) return undefined;
	const negative = /^[负負-]/u.test(text);
	const value = numeralValue(negative ? text.slice(1) : text, true);
	// NaN is not at most anything.
	if (!(value <= Number.MAX_SAFE_INTEGER)) return undefined;
	return negative && value !== 0 ? -value : value;
}
