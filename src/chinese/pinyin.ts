// Pinyin: how Chinese is read, of words or of a text.
import { argumentOf, is, type Json, OptionError, optionsOf } from '../base/index.js';
import { type AnyStage, map, type OwnStage, ownStage, type Stage } from '../stream/index.js';
import { joinPieces, type Piece } from './pieces.js';
import { type AllPinyinOptions, allPinyinOptions, type PinyinOptions, piecesBy, pinyinKinds } from './pinyin-options.js';
import { readingsOf } from './readings.js';
import { tokenReader } from './token-pinyin.js';

/** What `pinyin` reads, and how. */
export interface PinyinStageOptions extends PinyinOptions {
	/** What is read: `tokens`, each as a word, or `text`. Default 'tokens'. */
	on?: 'tokens' | 'text';
	/** Where the pinyin of a text goes: to `pinyin`, or in the place of the `text` itself, as letters for a character model. Default 'pinyin'. */
	into?: 'pinyin' | 'text';
	/** Every reading of each character, the one that counts first: `[['háng', 'xíng', …]]`. Default false. */
	all?: boolean;
}

const kinds = { ...pinyinKinds, on: is.one('tokens', 'text'), into: is.one('pinyin', 'text'), all: is.flag };

type Tokens = { tokens: string[] };
type Text = { text: string };

/** What makes `pinyin`: the fields of its stage depend on `on`, `into` and `all`. */
interface Pinyin {
	(options: PinyinStageOptions & { on: 'text'; into: 'text'; all?: false }): Stage<Text, Text>;
	(options: PinyinStageOptions & { on: 'text'; into?: 'pinyin'; all: true }): Stage<Text, { pinyin: string[][] }>;
	(options: PinyinStageOptions & { on: 'text'; into?: 'pinyin'; all?: false }): Stage<Text, { pinyin: string }>;
	(options: PinyinStageOptions & { on?: 'tokens'; into?: 'pinyin'; all: true }): Stage<Tokens, { pinyin: (string[][] | null)[] }>;
	(options?: PinyinStageOptions & { on?: 'tokens'; into?: 'pinyin'; all?: false }): Stage<Tokens, { pinyin: (string | null)[] }>;
}

/**
 * Adds `pinyin`, by pinyin-pro. Of `tokens` there is one entry for each: the token is read as a word, so that the words of a segmenter and its dictionary
 * decide (银行 yín háng, 行走 xíng zǒu), and entries stay with their tokens when later stages drop some. Of a `text` it is one text. With `others: 'drop'`
 * a token without Chinese has null.
 *
 * @example
 * pipe(docs, segment(), pinyin({ tones: 'none' }));
 * pipe(docs, pinyin({ on: 'text', into: 'text', tones: 'none', umlaut: 'v', join: '' }), characters()); // letters, for a character model
 */
export const pinyin: Pinyin & OwnStage = ownStage(((given: PinyinStageOptions = {}): AnyStage => {
	const { on = 'tokens', into = 'pinyin', all = false, ...rest } = optionsOf('pinyin', given, kinds);
	if (into === 'text' && (on !== 'text' || all)) {
		const [option, value] = on === 'text' ? ['all', true] : ['on', on];
		throw new OptionError(`pinyin: expected into 'pinyin' beside ${option}, got 'text'. Leave into out, or ${option}.`, {
			[option]: value,
		});
	}
	const whole = allPinyinOptions('pinyin', rest);
	const options = { on, into, all, ...whole } as unknown as Json;
	const { join } = whole;
	const pieces = piecesBy(whole, all);
	if (on === 'text') {
		const read = ({ text }: Text) => pieces.of(text, true);
		const work = (doc: Text) => (all ? { pinyin: copied(read(doc)) } : { [into]: joinPieces(read(doc), join) });
		const stage = map(work, { stage: 'pinyin', options, needs: { text: 'text' } });
		return into === 'text' ? Object.assign(stage, { rewrites: 'text' }) : stage;
	}
	const read = tokenReader(pieces, new Set(Object.keys(whole.custom)), whole.surnames === 'first');
	const entry = (made: readonly Piece[]) =>
		made.length === 0 && whole.others === 'drop' ? null : all ? copied(made) : joinPieces(made, join);
	return map(({ tokens }: Tokens) => ({ pinyin: read(tokens).map(entry) }), { stage: 'pinyin', options, needs: { tokens: 'texts' } });
}) as Pinyin);

const copied = (pieces: readonly Piece[]) => pieces.map((piece) => [...piece]);

/**
 * A text in pinyin; the same work as `pinyin({ on: 'text' })`.
 *
 * @example
 * pinyinOf('你好'); // 'nǐ hǎo'
 * pinyinOf('绿色', { tones: 'numbers' }); // 'lü4 se4'
 */
export function pinyinOf(text: string, options: PinyinOptions = {}): string {
	argumentOf('pinyinOf', 'text', text, is.text);
	const whole: AllPinyinOptions = allPinyinOptions('pinyinOf', optionsOf('pinyinOf', options, pinyinKinds));
	return joinPieces(piecesBy(whole, false).of(text, true), whole.join);
}

/**
 * Every reading of a character with tone marks, the usual one first; none of what is not Chinese.
 *
 * @example
 * pinyinReadings('行'); // ['xíng', 'háng', …]
 */
export function pinyinReadings(character: string): string[] {
	argumentOf('pinyinReadings', 'character', character, oneCharacter);
	return readingsOf(character);
}

const oneCharacter = { expected: 'one character', fits: (value: unknown) => typeof value === 'string' && /^.$/su.test(value) };
