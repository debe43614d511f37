// Simplified and traditional Chinese, by OpenCC: characters and phrases.
import { createRequire } from 'node:module';
import { argumentOf, is, type Json, type Kinds, OptionError, optionsOf } from '../base/index.js';
import { map, ownStage, type Stage } from '../stream/index.js';
import { beyondDescriptions } from './descriptions.js';

/** A form of written Chinese: simplified (mainland China), traditional as OpenCC's standard has it, or as it is written in Taiwan or Hong Kong. */
export type ChineseForm = 'simplified' | 'traditional' | 'taiwan' | 'hongKong';

/** From which form to which. */
export interface ConvertChineseOptions {
	/** The form of the texts. */
	from: ChineseForm;
	/** The form that they get. */
	to: ChineseForm;
	/** Whether words change, too, where Taiwan or Hong Kong has others (软件 → 軟體, 鼠标 → 滑鼠). Default false. */
	phrases?: boolean;
}

const form = is.needed(is.one('simplified', 'traditional', 'taiwan', 'hongKong'));
const kinds: Kinds<ConvertChineseOptions> = { from: form, to: form, phrases: is.flag };

/** OpenCC's names of the forms, and of those that have words of their own. */
const locales: Readonly<Record<ChineseForm, readonly [plain: string, phrases?: string]>> = {
	simplified: ['cn'],
	traditional: ['t'],
	taiwan: ['tw', 'twp'],
	hongKong: ['hk', 'hkp'],
};

type Convert = (text: string) => string;

interface OpenCC {
	Converter(options: { from: string; to: string }): Convert;
}

/** Converters by their locales: each holds dictionaries as tries, and is made when it first converts. */
const made = new Map<string, Convert>();

function converter({ from, to, phrases }: Required<ConvertChineseOptions>): Convert {
	const name = (form: ChineseForm) => (phrases ? (locales[form][1] ?? locales[form][0]) : locales[form][0]);
	const names = { from: name(from), to: name(to) };
	const key = `${names.from} ${names.to}`;
	let convert = made.get(key);
	if (!convert) {
		// The dictionaries of one direction, where it is one: a tenth of the file for simplified.
		const part = to === 'simplified' ? 'opencc-js/t2cn' : from === 'simplified' ? 'opencc-js/cn2t' : 'opencc-js';
		convert = (createRequire(import.meta.url)(part) as OpenCC).Converter(names);
		made.set(key, convert);
	}
	return convert;
}

const [unknown, simple, traditional] = [0, 1, 2];
/** The kind of each character of one UTF-16 code unit, found when it is first met; of others nothing is known. */
const kindsOfUnits = new Uint8Array(0x10000).fill(traditional, 0xd800, 0xe000);
let simplify: Convert | undefined;

/** A run of characters in simplified ones, one for each; the run itself where it has no traditional one. */
export function simplifiedRun(run: readonly string[]): readonly string[] {
	simplify ??= converter({ from: 'traditional', to: 'simplified', phrases: false });
	let some = false;
	for (let place = 0; place < run.length; place++) {
		const unit = run[place]!.charCodeAt(0);
		if (kindsOfUnits[unit] === unknown) kindsOfUnits[unit] = simplify(run[place]!) === run[place] ? simple : traditional;
		if (kindsOfUnits[unit] === traditional) some = true;
	}
	if (!some) return run;
	const simplified = Array.from(simplify(run.join('')));
	return simplified.length === run.length ? simplified : run.map(simplify);
}

/** The options, checked and written out. */
function whole(who: string, given: ConvertChineseOptions): Required<ConvertChineseOptions> {
	const { from, to, phrases = false } = optionsOf(who, given, kinds);
	if (from === to) throw new OptionError(`${who}: expected to other than from, got '${to}' for both. Leave the stage out.`, { to });
	if (phrases && locales[from].length + locales[to].length < 3) {
		throw new OptionError(`${who}: expected phrases with 'taiwan' or 'hongKong', got it with '${from}' and '${to}'. Leave it out.`, {
			phrases,
		});
	}
	return { from, to, phrases };
}

/**
 * A text in another form of Chinese, by the dictionaries of OpenCC: a character of several forms follows the phrase (头发 → 頭髮, 发现 → 發現). What is
 * not Chinese stays.
 *
 * @example
 * convertChineseText('软件和头发', { from: 'simplified', to: 'taiwan', phrases: true }); // '軟體和頭髮'
 */
export function convertChineseText(text: string, options: ConvertChineseOptions): string {
	argumentOf('convertChineseText', 'text', text, is.text);
	return beyondDescriptions(text, converter(whole('convertChineseText', options)));
}

/**
 * The stage that writes `text` in another form of Chinese; the same work as `convertChineseText`. Dictionaries are read at the first document.
 *
 * @example
 * pipe(docs, convertChinese({ from: 'traditional', to: 'simplified' }), segment());
 */
export const convertChinese = ownStage((given: ConvertChineseOptions): Stage<{ text: string }, { text: string }> => {
	const options = whole('convertChinese', given);
	const work = ({ text }: { text: string }) => ({ text: beyondDescriptions(text, converter(options)) });
	const stage = map(work, { stage: 'convertChinese', options: { ...options } as unknown as Json, needs: { text: 'text' } });
	return Object.assign(stage, { rewrites: 'text' });
});
