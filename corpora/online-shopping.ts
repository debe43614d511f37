// Online shopping: Chinese reviews of ten kinds of goods, positive and negative, collected by SophonPlus/ChineseNlpCorpus.
import { csv } from 'textloom/stream';
import { type ClassificationCorpus, type CorpusFacts, className, corpus, type LabelledText, type Reading } from './corpus.js';
import { closedLicence, github } from './github.js';

const polarities = ['negative', 'positive'];
const categories = ['书籍', '平板', '手机', '水果', '洗发水', '热水器', '蒙牛', '衣服', '计算机', '酒店'];

const facts = {
	kind: 'classification',
	published: 'https://github.com/SophonPlus/ChineseNlpCorpus',
	licence: closedLicence,
	splits: { train: 62_774 },
	files: {
		train: [
			{
				path: 'zh_sentiment/online_shopping_10_cats.csv',
				rows: 62_774,
				size: 11_299_695,
				sha256: 'f6c5b724122d8547b700ac4524898eb7e28abbee63f798e95a8faa408829afdb',
				archive: {
					path: 'zh_sentiment/online_shopping_10_cats.zip',
					size: 4_084_428,
					sha256: '6816ded66fde9d0927ecbd370b5e12d0174d1abac35192ec014ac2a0a8d25858',
					url: github(
						'SophonPlus/ChineseNlpCorpus',
						'a0b781d72158bde242c0626c9e354d2b328865ff',
					)('datasets/online_shopping_10_cats/online_shopping_10_cats.zip'),
					member: 'online_shopping_10_cats.csv',
				},
			},
		],
	},
} satisfies Omit<CorpusFacts<'train'>, 'name' | 'title'>;

/** A review with what it is of and whether it is positive. */
export interface Review extends LabelledText {
	category: string;
	polarity: string;
}

const read =
	(label: 'category' | 'polarity') =>
	({ path, options }: Reading) =>
		csv(path, {
			...options,
			header: true,
			fields: 3,
			record: ([category, number, text]): Review => {
				const polarity = className('online-shopping', polarities, number);
				if (!categories.includes(category!)) {
					throw new Error(
						`online-shopping: expected a category of ${categories.join(', ')}, got ${JSON.stringify(category)}. Correct the row.`,
					);
				}
				// Some reviews begin with a byte order mark of the file that they came from.
				return { text: text!.replace(/^\ufeff/, ''), label: label === 'category' ? category! : polarity, category: category!, polarity };
			},
		});

/** Reviews with the polarity as label. 5,574 hotel reviews are in ChnSentiCorp, too: do not train on one and test on the other. */
export const onlineShopping: ClassificationCorpus<'train', Review> = corpus(
	{ name: 'online-shopping', title: 'Chinese online shopping reviews, polarity', classes: polarities, ...facts },
	read('polarity'),
);

/** Reviews with the kind of goods as label. */
export const onlineShoppingCategories: ClassificationCorpus<'train', Review> = corpus(
	{ name: 'online-shopping-categories', title: 'Chinese online shopping reviews, ten kinds of goods', classes: categories, ...facts },
	read('category'),
);
