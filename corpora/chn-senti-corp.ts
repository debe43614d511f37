// ChnSentiCorp: Chinese hotel reviews, positive and negative. S. Tan: ChnSentiCorp-Htl, 2006.
import { csv } from 'textloom/stream';
import { type ClassificationCorpus, className, corpus } from './corpus.js';
import { closedLicence, github } from './github.js';

const classes = ['negative', 'positive'];

/** ChnSentiCorp, hotels: 2,444 negative and 5,322 positive reviews, without a published test part. */
export const chnSentiCorp: ClassificationCorpus<'train'> = corpus(
	{
		name: 'chn-senti-corp',
		title: 'ChnSentiCorp, Chinese hotel reviews',
		kind: 'classification',
		published: 'https://github.com/SophonPlus/ChineseNlpCorpus',
		licence: closedLicence,
		classes,
		splits: { train: 7_766 },
		files: {
			train: [
				{
					path: 'zh_sentiment/ChnSentiCorp_htl_all.csv',
					rows: 7_766,
					size: 2_904_858,
					sha256: '1d414b9c65caf3a836abdb4efded621968502ad3338e1a9d885ae131c86083f0',
					url: github(
						'SophonPlus/ChineseNlpCorpus',
						'a0b781d72158bde242c0626c9e354d2b328865ff',
					)('datasets/ChnSentiCorp_htl_all/ChnSentiCorp_htl_all.csv'),
				},
			],
		},
	},
	({ path, options }) =>
		csv(path, {
			...options,
			header: true,
			fields: 2,
			record: ([label, text]) => ({ text: text!, label: className('chn-senti-corp', classes, label) }),
		}),
);
