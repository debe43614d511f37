import fc from 'fast-check';
import { type ChineseForm, type ConvertChineseOptions, convertChinese, convertChineseText } from 'textloom';
import { describe, expect, it } from 'vitest';

const [simplified, traditional, taiwan, hongKong] = ['simplified', 'traditional', 'taiwan', 'hongKong'] as const;
const to = (from: ChineseForm, to: ChineseForm, phrases?: boolean): ConvertChineseOptions => ({ from, to, ...(phrases && { phrases }) });

describe('convertChinese', () => {
	it.each([
		['头发和发现，皇后在后面，面条', to(simplified, traditional), '頭髮和發現，皇后在後面，麪條'],
		['干净的干部干预了树干', to(simplified, taiwan), '乾淨的幹部干預了樹幹'],
		['一只老鼠，只有；复杂、重复、回复', to(simplified, taiwan), '一隻老鼠，只有；複雜、重複、回覆'],
		['为了里面的软件和鼠标', to(simplified, taiwan), '為了裡面的軟件和鼠標'],
		['为了里面的软件和鼠标', to(simplified, taiwan, true), '為了裡面的軟體和滑鼠'],
		['为了里面', to(simplified, hongKong), '為了裏面'],
		['为了里面', to(simplified, traditional), '爲了裏面'],
		['乾燥的乾坤，著名的著作', to(traditional, simplified), '干燥的乾坤，著名的著作'],
		['頭髮和發現，瞭解', to(traditional, simplified), '头发和发现，了解'],
		['為了裡面的軟體和滑鼠', to(taiwan, simplified, true), '为了里面的软件和鼠标'],
		['為了裡面的軟體', to(taiwan, simplified), '为了里面的软体'],
		['為了裏面', to(hongKong, simplified), '为了里面'],
		['為了裏面', to(hongKong, taiwan), '為了裡面'],
		['裡面', to(taiwan, hongKong), '裏面'],
		['裡面為', to(taiwan, traditional), '裏面爲'],
		['爲', to(traditional, hongKong), '為'],
		['', to(simplified, taiwan), ''],
		['，', to(simplified, taiwan), '，'],
		['发', to(simplified, taiwan), '發'],
		['Latin é 😀 𠮷 \ud842 constructor', to(simplified, taiwan), 'Latin é 😀 𠮷 \ud842 constructor'],
		// A character told by its parts stays; an operator without parts is a character like others.
		['发⿰言发，⿱发', to(simplified, taiwan), '發⿰言发，⿱發'],
	])('%s %j', (text, options, expected) => {
		expect(convertChineseText(text, options)).toBe(expected);
		expect(convertChinese(options).apply([{ text }])).toEqual([{ text: expected }]);
	});

	// Quadratic time would take minutes here, and a search that calls itself would end in an error.
	it('takes linear time', () => {
		for (const unit of ['⿰', '⿰发', '⿲⿰发', '发', '头发', '𠮷', '\ud842', 'a'])
			expect(convertChineseText(unit.repeat(100_000), to(simplified, traditional))).toHaveLength(unit.length * 100_000);
	});

	it('goes there and back, and leaves what is converted', () => {
		const unit = fc.constantFrom('发', '展', '银', '行', '学', '校', 'a', ' ', '，', '😀', '\n', '龙', '⿰');
		fc.assert(
			fc.property(fc.string({ unit }), (text) => {
				const there = convertChineseText(text, to(simplified, traditional));
				expect(convertChineseText(there, to(traditional, simplified))).toBe(text);
				expect(convertChineseText(text, to(traditional, simplified))).toBe(text);
			}),
		);
	});

	it.each([
		[
			() => convertChinese({ from: simplified } as never),
			"convertChinese: expected to to be one of 'simplified', 'traditional', 'taiwan', 'hongKong', got nothing.",
		],
		[() => convertChinese(to('cn' as never, taiwan)), "convertChinese: expected from to be one of 'simplified', "],
		[() => convertChinese(to(taiwan, taiwan)), "convertChinese: expected to other than from, got 'taiwan' for both. Leave the stage out."],
		[
			() => convertChinese(to(simplified, traditional, true)),
			"convertChinese: expected phrases with 'taiwan' or 'hongKong', got it with 'simplified' and 'traditional'.",
		],
		[
			() => convertChineseText(null as never, to(simplified, taiwan)),
			'convertChineseText: expected text to be a text, got null. Correct it.',
		],
	])('refuses %s', (call, message) => {
		expect(call).toThrow(RangeError);
		expect(call).toThrow(message);
	});
});
