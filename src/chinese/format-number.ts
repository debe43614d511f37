// Numbers as Chinese numerals.
import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';

/** How a number is written. */
export interface FormatChineseNumberOptions {
	/** 'lower' (三千五百), 'financial' as on cheques (叁仟伍佰), or 'digits', place by place, as years are (二〇二四). Default 'lower'. */
	style?: 'lower' | 'financial' | 'digits';
}

const kinds: Kinds<FormatChineseNumberOptions> = { style: is.one('lower', 'financial', 'digits') };

const lower = { digits: '零一二三四五六七八九', units: ['', '十', '百', '千'] };
const financial = { digits: '零壹贰叁肆伍陆柒捌玖', units: ['', '拾', '佰', '仟'] };
const inPlaces = '〇一二三四五六七八九';

/** Below 10,000. */
function group(value: number, { digits, units }: typeof lower): string {
	let out = '';
	for (let power = 3, zero = false; power >= 0; power--) {
		const digit = Math.floor(value / 10 ** power) % 10;
		if (digit === 0) {
			zero = out !== '';
			continue;
		}
		out += (zero ? digits[0] : '') + digits[digit]! + units[power];
		zero = false;
	}
	return out;
}

/** A positive whole number: what is above a unit, the unit, what is below, with 零 where places between them are empty. */
function whole(value: number, style: typeof lower): string {
	if (value < 1e4) return group(value, style);
	const [size, unit] = value < 1e8 ? [1e4, '万'] : [1e8, '亿'];
	const rest = value % size;
	const gap = rest > 0 && rest < size / 10 ? style.digits[0]! : '';
	return `${whole(Math.floor(value / size), style)}${unit}${gap}${rest > 0 ? whole(rest, style) : ''}`;
}

/** A number from 0 on as digits and a point, without an exponent. */
export function plainDecimal(value: number): string {
	const [digits, exponent] = String(value).split('e-') as [string, string?];
	if (exponent === undefined) return digits;
	return `0.${'0'.repeat(Number(exponent) - 1)}${digits.replace('.', '')}`;
}

/**
 * A number as a Chinese numeral; `parseChineseNumber` reads it back. Ten is 十 at the beginning (十五), 一十 after other units, and 壹拾 on cheques.
 *
 * @throws RangeError for what is not finite or beyond the whole numbers that JavaScript has exactly (2⁵³).
 *
 * @example
 * formatChineseNumber(35_020_000); // '三千五百零二万'
 * formatChineseNumber(1200, { style: 'financial' }); // '壹仟贰佰'
 */
export function formatChineseNumber(value: number, options: FormatChineseNumberOptions = {}): string {
	argumentOf('formatChineseNumber', 'value', value, writable);
	const { style = 'lower' } = optionsOf('formatChineseNumber', options, kinds);
	const [before, after] = plainDecimal(Math.abs(value)).split('.') as [string, string?];
	const form = style === 'financial' ? financial : lower;
	const places = (digits: string, of: string) => Array.from(digits, (digit) => of[Number(digit)]).join('');
	const units = () => (before === '0' ? form.digits[0]! : whole(Number(before), form));
	const integer = style === 'digits' ? places(before, inPlaces) : style === 'lower' ? units().replace(/^一十/, '十') : units();
	return `${value < 0 ? '负' : ''}${integer}${after === undefined ? '' : `点${places(after, style === 'digits' ? inPlaces : form.digits)}`}`;
}

const writable = {
	expected: 'a number from −(2⁵³ − 1) to 2⁵³ − 1',
	fits: (value: unknown) => typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER,
};
