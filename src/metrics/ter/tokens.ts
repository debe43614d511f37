// The words that TER compares, as Tercom's Normalizer makes them and sacreBLEU after it.
import { split, trimEnd } from '../text/white-space.js';

/** What is made of texts before they are cut at white space. */
export interface TerWords {
	/** Whether entities are decoded and marks of ASCII are words of their own, with the Asian option each ideograph, too. Default false. */
	readonly normalized?: boolean | undefined;
	/** Whether marks are taken out: . , ? : ; ! " ( ), with the Asian option those of Chinese and Japanese, too. Default false. */
	readonly withoutMarks?: boolean | undefined;
	/** Whether ideographs and marks of Chinese and Japanese are known, where texts are normalized or marks are taken out. Default false. */
	readonly asianSupport?: boolean | undefined;
	/** Whether case counts. Default false. */
	readonly caseSensitive?: boolean | undefined;
}

/** Entities and line ends, then marks; what stands between digits, and possessives, stay as they are written. */
const western: readonly (readonly [RegExp, string])[] = [
	[/\n-/g, ''],
	[/\n/g, ' '],
	[/&quot;/g, '"'],
	[/&amp;/g, '&'],
	[/&lt;/g, '<'],
	[/&gt;/g, '>'],
	// So that what stands at an end stands between spaces.
	[/^.*$/s, ' $& '],
	[/[{-~[-` -&(-+:-@/]/g, ' $& '],
	[/'s /g, " 's "],
	[/([^0-9])([.,])/g, '$1 $2 '],
	[/([.,])([^0-9])/g, ' $1 $2'],
	[/([0-9])(-)/g, '$1 $2 '],
];

const asianMarks: readonly (readonly [RegExp, string])[] = [
	[/[\u3001\u3002\u3008-\u3011\u3014-\u301f\uff61-\uff65\u30fb]/g, ' $& '],
	[/[\uff0e\uff0c\uff1f\uff1a\uff1b\uff01\uff02\uff08\uff09]/g, ' $& '],
];

/**
 * Ideographs, strokes and radicals, compatibility forms, enclosed letters. The last range ends at U+3F22 there, within the ideographs, which are cut
 * twice then: white space more. Runs of kana are cut at the ends of the text only, which are white space already.
 */
const asian: readonly (readonly [RegExp, string])[] = [
	[/[\u4e00-\u9fff\u3400-\u4dbf\u31c0-\u31ef\u2e80-\u2eff\u3300-\u33ff\uf900-\ufaff\ufe30-\ufe4f\u3200-\u3f22]/g, ' $& '],
	...asianMarks,
];

const marks: readonly (readonly [RegExp, string])[] = [[/[.,?:;!"()]/g, '']];

/** What cuts a text into words. */
export function terWords({ normalized, withoutMarks, asianSupport, caseSensitive }: TerWords): (text: string) => string[] {
	const rules = [
		...(normalized ? western : []),
		...(normalized && asianSupport ? asian : []),
		...(withoutMarks ? marks : []),
		...(withoutMarks && asianSupport ? asianMarks.map(([mark]) => [mark, ''] as const) : []),
	];
	return (text) => {
		const given = trimEnd(text);
		const cased = caseSensitive ? given : given.toLowerCase();
		return split(rules.reduce((line, [pattern, by]) => line.replace(pattern, by), cased));
	};
}
