// Chinese texts cut into words: MSR of the second SIGHAN bakeoff (T. Emerson, 2005), and the corpus of Shanxi University (SXU, 2008).
import { type Corpus, type CorpusFacts, corpus, type SegmentedSentence } from './corpus.js';
import { textLines } from './formats/lines.js';
import { closedLicence, github } from './github.js';

/** A corpus of lines whose words are set apart by spaces; a line may be a paragraph. */
const segmented = (facts: CorpusFacts<'train' | 'test'>): Corpus<SegmentedSentence> =>
	corpus(facts, ({ path, options }) =>
		textLines(path, {
			...options,
			record: (line) => {
				const words = line.split(/ +/).filter((word) => word !== '');
				return words.length > 0 ? { words } : undefined;
			},
		}),
	);

const bakeoff = github('yuikns/icwb2-data', '873a51fa6234c644126d2f2c5c603a97809d2e49');

/** SIGHAN 2005, MSR: 86,924 + 3,985 sentences; the test part has 106,873 words. */
export const sighanMsr: Corpus<SegmentedSentence> = segmented({
	name: 'sighan-msr',
	title: 'SIGHAN 2005 MSR, Chinese words',
	kind: 'segmentation',
	published: 'http://sighan.cs.uchicago.edu/bakeoff2005/',
	licence: 'research / non-commercial use (SIGHAN), not to be passed on',
	splits: { train: 86_924, test: 3_985 },
	files: {
		train: [
			{
				path: 'segmentation/msr_training.utf8',
				rows: 86_924,
				git: '4ce7619c3dbe2380cc70c5c294d4d5add695f8f6',
				url: bakeoff('training/msr_training.utf8'),
			},
		],
		test: [
			{
				path: 'segmentation/msr_test_gold.utf8',
				rows: 3_985,
				size: 766_786,
				sha256: 'cd1a8473841f1b2fcddd14d12599ad8872e6167feb64807af5bac2f6a32cb75d',
				url: bakeoff('gold/msr_test_gold.utf8'),
			},
		],
	},
});

const others = github('hankcs/multi-criteria-cws', '24be488d88617b1e226db745e23268c9a79bfc54');

/** SXU: 528,238 + 113,527 words. */
export const sxu: Corpus<SegmentedSentence> = segmented({
	name: 'sxu',
	title: 'Shanxi University, Chinese words',
	kind: 'segmentation',
	published: 'https://github.com/hankcs/multi-criteria-cws',
	licence: closedLicence,
	splits: { train: 17_115, test: 3_654 },
	files: {
		train: [
			{
				path: 'segmentation/sxu_train.txt',
				rows: 17_115,
				size: 3_600_697,
				sha256: '4eed0c4ad7f85f852744761b056d261cfbf9370c98f45dd930c1302d32be135d',
				url: others('data/other/sxu/train.txt'),
			},
		],
		test: [
			{
				path: 'segmentation/sxu_test.txt',
				rows: 3_654,
				size: 776_035,
				sha256: 'dc326d786f8a41ec90f01544ac847f750a7c441a3be59e3edf25a6ba5530172b',
				url: others('data/other/sxu/test.txt'),
			},
		],
	},
});
