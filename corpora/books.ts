// Two texts of one file each, for language models of characters: The Time Machine and Tiny Shakespeare.
import { type Corpus, type CorpusFacts, corpus } from './corpus.js';
import { textLines } from './formats/lines.js';
import { github } from './github.js';

/** A corpus of lines, empty ones included. */
type Book = Corpus<{ text: string }, 'train'>;

const book = (facts: CorpusFacts<'train'>): Book =>
	corpus(facts, ({ path, options }) => textLines(path, { ...options, record: (text) => ({ text }) }));

/** H. G. Wells, The Time Machine, 1898: the file that Dive into Deep Learning uses. */
export const timeMachine: Book = book({
	name: 'time-machine',
	title: 'H. G. Wells, The Time Machine',
	kind: 'text',
	published: 'https://www.gutenberg.org/ebooks/35',
	licence: 'public domain',
	splits: { train: 3_221 },
	files: {
		train: [
			{
				path: 'lm/timemachine.txt',
				rows: 3_221,
				size: 178_979,
				sha256: '8424dbd9532ac81f7e5f0b6add90e6952baea29158309d7d1bf3884f4e12c516',
				url: github('rebirthmonkey/ai-deep-learning', '4ab3450d2527dec409ff5bad3b665ecc160af78b')('data/timemachine.txt'),
			},
		],
	},
});

/** Tiny Shakespeare: 40,000 lines of the plays, as A. Karpathy's char-rnn has them. */
export const tinyShakespeare: Book = book({
	name: 'tiny-shakespeare',
	title: 'Tiny Shakespeare',
	kind: 'text',
	published: 'https://github.com/karpathy/char-rnn',
	licence: 'public domain',
	splits: { train: 40_000 },
	files: {
		train: [
			{
				path: 'lm/tinyshakespeare.txt',
				rows: 40_000,
				size: 1_115_394,
				sha256: '86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed',
				url: github('karpathy/char-rnn', '6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e')('data/tinyshakespeare/input.txt'),
			},
		],
	},
});
