// Multi30k: descriptions of pictures, English with German and French. D. Elliott et al., 2016; 2017.
import { type Corpus, type CorpusFile, corpus, type Pair } from './corpus.js';
import { parallelLines } from './formats/parallel.js';
import { closedLicence, github } from './github.js';

const at = github('multi30k/dataset', 'a3d2e0d26b56f3846f66a952536ffed4e401d05a');

/** Rows, and size and sha256 of each language's file. */
const published: Record<string, [rows: number, files: Record<string, [size: number, sha256: string]>]> = {
	train: [
		29_000,
		{
			en: [568_929, 'd79cfa999dd4c51d2cb42499b6796d5a882c3a8a961923c25a898c90f8bbd56f'],
			de: [637_044, '726e39b2fa9eb9ffb6dc763fb35a179f80fae06ffc5d28b6ace5faa883de28a6'],
			fr: [604_242, '622e75069e9f4c577425c4f277116ce66e63a2401c0a2312d90073cb12379a3c'],
		},
	],
	val: [
		1_014,
		{
			en: [21_650, '14f7d25ddd868909a9213e361768460edcacdd6ab9d1e77b92560dc10c10dc28'],
			de: [24_681, 'f0cba2f995189cf5770f29a8a9a537a3ad3f51657ad873405082ff6863a5e75a'],
			fr: [23_001, 'ca3106f1a72390591d25f6c45cb4cd39dec4cd3f123e099748a3ce5256c160e9'],
		},
	],
	test_2016_flickr: [
		1_000,
		{
			en: [21_077, '611d361c6334bc7246101d48097c13cf5c4413c5befc793cc629934359d532d9'],
			de: [22_890, '9204244e408ccb38d2a55cfcd344df15005fc42a07a6e55ca6c52b6ababb8cc8'],
			fr: [22_310, '6d326e188d259fb1d04ac19eae3af956559b3a0b93d7635e56c90987c40c8b90'],
		},
	],
	test_2017_flickr: [
		1_000,
		{
			en: [19_138, '76a444ee25172e72695cddb13ae4a3bda59430617be88e0bb46b60504f054074'],
			de: [21_471, 'a2c89666db00c495cd8513b9d708d5a3acc205d7de312ef2bf5fb7ebc1540aee'],
			fr: [20_434, '3ba671ceb2299f3304ffafefea7a833d08632fbaf0ba18546f8a2ec2391af496'],
		},
	],
	test_2017_mscoco: [
		461,
		{
			en: [8_844, 'aab300bfb4427697987e02cd0aacd44bfe8aa50456231b6474c08038bbed2b58'],
			de: [10_230, '799e4854c25d601cb6cb6be29eabe5667734c61ace2f495e03e429031a0bc338'],
			fr: [9_751, '754f3072ba9f124569ba5258b32730fc1d214bbf8e0c6dfb2b74401676220db0'],
		},
	],
};

/** The pair of files of a part. */
function files(part: string, language: string): readonly CorpusFile[] {
	const [rows, sizes] = published[part]!;
	const file = (name: string) => {
		const [size, sha256] = sizes[name]!;
		return { path: `parallel/multi30k/${part}.${name}.gz`, size, sha256, url: at(`data/task1/raw/${part}.${name}.gz`) };
	};
	return [{ ...file('en'), rows, beside: [file(language)] }];
}

/** The splits of Multi30k. `test` is that of 2016; those of 2017 are of Flickr again and of ambiguous verbs in COCO. */
export type Multi30kSplit = 'train' | 'validation' | 'test' | 'test2017' | 'test2017Coco';

function multi30k(language: 'de' | 'fr', name: string): Corpus<Pair, Multi30kSplit> {
	return corpus(
		{
			name: `multi30k-${language}`,
			title: `Multi30k, English to ${name}`,
			kind: 'pairs',
			published: 'https://github.com/multi30k/dataset',
			licence: closedLicence,
			splits: { train: 29_000, validation: 1_014, test: 1_000, test2017: 1_000, test2017Coco: 461 },
			files: {
				train: files('train', language),
				validation: files('val', language),
				test: files('test_2016_flickr', language),
				test2017: files('test_2017_flickr', language),
				test2017Coco: files('test_2017_mscoco', language),
			},
		},
		({ path, beside, options }) => parallelLines(path, beside[0]!, options),
	);
}

/** Multi30k, English to German. */
export const multi30kDe: Corpus<Pair, Multi30kSplit> = multi30k('de', 'German');

/** Multi30k, English to French. */
export const multi30kFr: Corpus<Pair, Multi30kSplit> = multi30k('fr', 'French');
