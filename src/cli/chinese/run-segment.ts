// Runs `textloom segment`: the words of Chinese texts.
import { segment } from '../../chinese/index.js';
import { runTexts, type TextFlags } from './run.js';

/** What the command line says. */
interface Flags extends TextFlags {
	readonly mode: 'precise' | 'full' | 'search';
	readonly words: string | undefined;
	readonly tags: boolean;
}

/** Returns the exit code. */
export async function runSegment({ files }: { files: readonly string[] }, flags: Flags): Promise<number> {
	const { mode, words, tags } = flags;
	const stage = segment({ mode, ...(words !== undefined && { words }), ...(tags && { tags }) });
	return runTexts(files, flags, {
		stage: (docs) => stage(docs) as never,
		line: ({ tokens, tags }: Cut) => tokens.map((token, place) => (tags ? `${token}/${tags[place]}` : token)).join(' '),
		object: ({ tokens, tags }: Cut) => ({ tokens, ...(tags && { tags }) }),
	});
}

interface Cut {
	readonly text: string;
	readonly tokens: readonly string[];
	readonly tags?: readonly string[];
}
