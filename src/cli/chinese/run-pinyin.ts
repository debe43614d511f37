// Runs `textloom pinyin`: Chinese texts in pinyin, by their words.
import { pinyin, segment } from '../../chinese/index.js';
import { pipe } from '../../stream/index.js';
import { runTexts, type TextFlags } from './run.js';

/** What the command line says. */
interface Flags extends TextFlags {
	readonly tones: 'marks' | 'numbers' | 'none';
	readonly words: string | undefined;
}

/** Returns the exit code. */
export async function runPinyin({ files }: { files: readonly string[] }, flags: Flags): Promise<number> {
	const { tones, words } = flags;
	const stages = [segment(words === undefined ? {} : { words }), pinyin({ tones })] as const;
	return runTexts(files, flags, {
		stage: (docs) => pipe(docs, ...stages) as never,
		line: ({ pinyin }: Read) => pinyin.filter((reading) => reading.trim() !== '').join(' '),
		object: ({ tokens, pinyin }: Read) => ({ tokens, pinyin }),
	});
}

interface Read {
	readonly text: string;
	readonly tokens: readonly string[];
	readonly pinyin: readonly string[];
}
