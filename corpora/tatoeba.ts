// Tatoeba: short English sentences with their Chinese translations, as manythings.org packs them.
import { type Corpus, corpus, type Pair } from './corpus.js';
import { textLines } from './formats/lines.js';
import { github } from './github.js';

/** Tatoeba, English to Chinese, ordered by length; simplified and traditional characters are mixed. One English sentence may have several rows. */
export const tatoeba: Corpus<Pair, 'train'> = corpus(
	{
		name: 'tatoeba',
		title: 'Tatoeba, English to Chinese',
		kind: 'pairs',
		published: 'https://www.manythings.org/anki/',
		licence: 'CC BY 2.0 FR (Tatoeba)',
		splits: { train: 32_028 },
		files: {
			train: [
				{
					path: 'parallel/tatoeba_eng-cmn.txt',
					rows: 32_028,
					size: 1_976_573,
					sha256: 'd8719bfc39a689b8040652557e73a9117dae47691011c8e9a6b3038efe97dc97',
					url: github('remysys/dl', '115f6b0a52281cabd1828d75ce70f89dd8b903dd')('data/cmn.txt'),
				},
			],
		},
	},
	({ path, options }) =>
		textLines(path, {
			...options,
			record: (line) => {
				// Later editions name the authors in a third column.
				const [source, target] = line.split('\t');
				if (!source || !target) {
					throw new Error(
						`tatoeba: expected English, a tab and Chinese, got ${JSON.stringify(line.slice(0, 40))}. Correct or remove the line.`,
					);
				}
				return { source, target };
			},
		}),
);
