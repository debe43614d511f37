// Chinese numerals read and written; numerals within texts.
import fc from 'fast-check';
import { convertNumerals, convertNumeralsText, formatChineseNumber, parseChineseNumber } from 'textloom';
import { describe, expect, it } from 'vitest';

/** Numbers as they are written, which is also read back. */
const written: [number, string, string][] = [
	[0, '零', '零'],
	[1, '一', '壹'],
	[2, '二', '贰'],
	[9, '九', '玖'],
	[10, '十', '壹拾'],
	[11, '十一', '壹拾壹'],
	[19, '十九', '壹拾玖'],
	[20, '二十', '贰拾'],
	[21, '二十一', '贰拾壹'],
	[100, '一百', '壹佰'],
	[101, '一百零一', '壹佰零壹'],
	[110, '一百一十', '壹佰壹拾'],
	[111, '一百一十一', '壹佰壹拾壹'],
	[250, '二百五十', '贰佰伍拾'],
	[999, '九百九十九', '玖佰玖拾玖'],
	[1000, '一千', '壹仟'],
	[1001, '一千零一', '壹仟零壹'],
	[1010, '一千零一十', '壹仟零壹拾'],
	[1100, '一千一百', '壹仟壹佰'],
	[1101, '一千一百零一', '壹仟壹佰零壹'],
	[9999, '九千九百九十九', '玖仟玖佰玖拾玖'],
	[10_000, '一万', '壹万'],
	[10_001, '一万零一', '壹万零壹'],
	[10_010, '一万零一十', '壹万零壹拾'],
	[10_500, '一万零五百', '壹万零伍佰'],
	[15_000, '一万五千', '壹万伍仟'],
	[100_000, '十万', '壹拾万'],
	[105_000, '十万五千', '壹拾万伍仟'],
	[100_015, '十万零一十五', '壹拾万零壹拾伍'],
	[120_000, '十二万', '壹拾贰万'],
	[1_010_101, '一百零一万零一百零一', '壹佰零壹万零壹佰零壹'],
	[10_000_000, '一千万', '壹仟万'],
	[10_001_000, '一千万一千', '壹仟万壹仟'],
	[35_020_000, '三千五百零二万', '叁仟伍佰零贰万'],
	[100_000_000, '一亿', '壹亿'],
	[100_000_005, '一亿零五', '壹亿零伍'],
	[100_050_000, '一亿零五万', '壹亿零伍万'],
	[110_000_000, '一亿一千万', '壹亿壹仟万'],
	[1_000_000_000, '十亿', '壹拾亿'],
	[1_200_300_004, '十二亿零三十万零四', '壹拾贰亿零叁拾万零肆'],
	[1e12, '一万亿', '壹万亿'],
	[1_000_500_000_000, '一万零五亿', '壹万零伍亿'],
	[1_000_000_000_001, '一万亿零一', '壹万亿零壹'],
	[1.5e15, '一千五百万亿', '壹仟伍佰万亿'],
	[
		9_007_199_254_740_991,
		'九千零七万一千九百九十二亿五千四百七十四万零九百九十一',
		'玖仟零柒万壹仟玖佰玖拾贰亿伍仟肆佰柒拾肆万零玖佰玖拾壹',
	],
	[3.14, '三点一四', '叁点壹肆'],
	[0.05, '零点零五', '零点零伍'],
	[10.5, '十点五', '壹拾点伍'],
	[1e-7, '零点零零零零零零一', '零点零零零零零零壹'],
	[-3, '负三', '负叁'],
	[-20.5, '负二十点五', '负贰拾点伍'],
];

/** Other forms, which are read only. */
const read: [string, number | undefined][] = [
	...(Object.entries({ 〇: 0, '○': 0, 两: 2, 兩: 2, 两百: 200, 两千两百: 2200, 两万: 20_000, 两亿零两万: 200_020_000 }) as [
		string,
		number,
	][]),
	...(Object.entries({ 廿: 20, 廿三: 23, 卅: 30, 卅一: 31, 卌: 40, 一百廿五: 125, 一十: 10, 一十五: 15, 十万: 100_000 }) as [
		string,
		number,
	][]),
	...(Object.entries({ 二百五: 250, 一千二: 1200, 三万五: 35_000, 三亿五: 350_000_000, 一万二千五: 12_500, 一百零五: 105 }) as [
		string,
		number,
	][]),
	...(Object.entries({ 二〇二四: 2024, 二零二四: 2024, 一九四九: 1949, 〇〇七: 7, 壹贰叁: 123, 一二三四五六七八九: 123_456_789 }) as [
		string,
		number,
	][]),
	...(Object.entries({ 貳: 2, 參: 3, 陸佰: 600, 壹萬伍仟: 15_000, 十億: 1e9, 三千萬: 30_000_000, 玖仟玖佰玖拾玖: 9999 }) as [
		string,
		number,
	][]),
	...(Object.entries({
		百分之二十: 0.2,
		百分之百: 1,
		百分之十二点五: 0.125,
		千分之三: 0.003,
		万分之一: 0.0001,
		三分之一: 1 / 3,
		十分之七: 0.7,
	}) as [string, number][]),
	...(Object.entries({
		三点五万: 35_000,
		'3.5万': 35_000,
		'1.1万': 11_000,
		'2万亿': 2e12,
		'1,200万': 12_000_000,
		'3百万': 3_000_000,
		'42': 42,
	}) as [string, number][]),
	...(Object.entries({
		零点五: 0.5,
		一點五: 1.5,
		負三: -3,
		负百分之五: -0.05,
		'-5': -5,
		一千五十: 1050,
		一万五百: 10_500,
		九千零七万亿: 9.007e15,
	}) as [string, number][]),
	...[
		'',
		'万',
		'百',
		'千万',
		'二两',
		'十两',
		'两十',
		'一二十',
		'七八百',
		'一千零零五',
		'零五百',
		'一百零',
		'二百五万',
		'五千五千',
		'一万万',
	].map((text): [string, undefined] => [text, undefined]),
	...[
		'百百',
		'十廿',
		'二廿',
		'三点',
		'点五',
		'三点五点六',
		'三点十',
		'几百',
		'一百人',
		' 一百',
		'constructor',
		'𠮷',
		'\ud842',
		'一百分之',
		'零分之一',
	].map((text): [string, undefined] => [text, undefined]),
	...['三分之', '1,2万', '一万亿亿', '九千亿亿', '一'.repeat(65), '三分之一分之二', 'Infinity', 'NaN', '1e5', '0x10', '负'].map(
		(text): [string, undefined] => [text, undefined],
	),
];

describe('formatChineseNumber', () => {
	it.each(written)('%d %s', (value, lower, financial) => {
		expect(formatChineseNumber(value)).toBe(lower);
		expect(formatChineseNumber(value, { style: 'financial' })).toBe(financial);
		expect([lower, financial].map(parseChineseNumber)).toEqual([value, value]);
	});

	it('writes years place by place', () => {
		expect(formatChineseNumber(2024, { style: 'digits' })).toBe('二〇二四');
		expect(formatChineseNumber(-30.05, { style: 'digits' })).toBe('负三〇点〇五');
		expect(formatChineseNumber(-0)).toBe('零');
	});

	it('is read back', () => {
		const styles = fc.constantFrom('lower', 'financial', 'digits');
		const values = fc.oneof(
			fc.maxSafeInteger(),
			fc.integer({ min: -100_000, max: 100_000 }),
			fc.integer({ min: 0, max: 15 }).map((power) => 10 ** power),
			fc.double({ min: -1e9, max: 1e9, noNaN: true }),
		);
		fc.assert(
			fc.property(values, styles, (value, style) => {
				const text = formatChineseNumber(value, { style });
				// A numeral has at most 64 characters; a double may have 300 zeros.
				if (text.length <= 64) expect(parseChineseNumber(text)).toBe(value === 0 ? 0 : value);
			}),
			{ numRuns: 2000 },
		);
	});

	it.each([
		[
			() => formatChineseNumber(2 ** 53),
			'formatChineseNumber: expected value to be a number from −(2⁵³ − 1) to 2⁵³ − 1, got 9007199254740992.',
		],
		[() => formatChineseNumber(Number.NaN), 'formatChineseNumber: expected value to be a number from'],
		[() => formatChineseNumber('5' as never), "got '5'. Correct it."],
		[
			() => formatChineseNumber(5, { style: 'upper' as never }),
			"formatChineseNumber: expected style to be one of 'lower', 'financial', 'digits', got 'upper'.",
		],
		[() => parseChineseNumber(5 as never), 'parseChineseNumber: expected text to be a text, got 5. Correct it.'],
		[() => convertNumerals({ style: 1 } as never), 'convertNumerals: expected an option that it has, got style.'],
	])('refuses %s', (call, message) => {
		expect(call).toThrow(RangeError);
		expect(call).toThrow(message);
	});
});

describe('parseChineseNumber', () => {
	it.each(read)('%s', (text, value) => {
		expect(parseChineseNumber(text)).toBe(value);
	});

	it('gives a number or undefined for anything', () => {
		const unit = fc.constantFrom(...'零〇一二两五十百千万亿廿点分之负3.,a壹拾');
		fc.assert(
			fc.property(fc.string({ unit, maxLength: 70 }), (text) => {
				const value = parseChineseNumber(text);
				if (value === undefined) return;
				expect(Math.abs(value)).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
				expect(parseChineseNumber(formatChineseNumber(value).slice(0, 64))).toBeDefined();
			}),
		);
	});
});

describe('convertNumerals', () => {
	it.each([
		['二〇二四年三月二十一日', '2024年三月21日'],
		['一九九八年，九八年，二零零八年', '1998年，98年，2008年'],
		['一共三千五百零二万人，十五个', '一共35020000人，15个'],
		['百分之二十，百分之百，千分之五，百分之十二点五，万分之一', '20%，100%，5‰，12.5%，1‱'],
		['三分之一，十分之七', '1/3，7/10'],
		['圆周率三点一四，零点五，三点五亿，二十五点六', '圆周率3.14，0.5，350000000，25.6'],
		['负三十度', '-30度'],
		['第十二，双十一，廿三，壹仟贰佰元，兩百', '第12，双11，23，1200元，200'],
		['一百多，二十余', '100多，20余'],
		['一千零一夜', '1001夜'],
		// These may be something else.
		['一些，万一，十分，一样，三心二意，五花八门', undefined],
		['千万别，几百万，百万富翁，数千', undefined],
		['三三两两，七七八八，一一，一五一十', undefined],
		['七八十，二三百，十七八，二十几', undefined],
		['二百五，三万五', undefined],
		['三点一刻，八点二十，三点十分，两点一线，一点三，三点五分', undefined],
		['3万五千，3十五，二十5', undefined],
		['收拾，陆先生，伍', undefined],
		['', undefined],
		['😀\ud842', undefined],
		['一百'.repeat(60), undefined],
	])('%s', (text, expected = text) => {
		expect(convertNumeralsText(text)).toBe(expected);
		expect(convertNumerals().apply([{ text }])).toEqual([{ text: expected }]);
	});

	// Quadratic time would take minutes here.
	it('takes linear time', () => {
		for (const unit of ['一', '三千', '万', '亿', '百分之', '分之', '点一', '一点', '负', '〇', '一，'])
			expect(convertNumeralsText(unit.repeat(200_000)).length).toBeGreaterThan(100_000);
	});

	it('writes what is read back, whatever stands around it', () => {
		fc.assert(
			fc.property(fc.integer({ min: 11, max: Number.MAX_SAFE_INTEGER }), (value) => {
				const text = formatChineseNumber(value);
				// 一百 has a digit and a unit; 十万 has a unit alone.
				if (/[一二三四五六七八九]/.test(text)) expect(convertNumeralsText(`共${text}元`)).toBe(`共${value}元`);
			}),
		);
	});
});
