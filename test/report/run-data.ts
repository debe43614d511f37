// A run to report: every section has something in it, also what must be escaped.
import type { RunReportData } from 'textloom/report';

const labels = ['Business', 'Sci/Tech', '<b>Sports</b>', 'World'];
const confusion = labels.map((_, row) => labels.map((_, column) => (row === column ? 20 + row : (row + 2 * column) % 4)));

export const runData: RunReportData = {
	title: 'ag-news & <script>alert(1)</script>',
	subtitle: 'word-cnn on ag-news',
	figures: [
		{ name: 'accuracy', value: '88.9%' },
		{ name: 'macro F1', value: '0.8874' },
	],
	history: Array.from({ length: 6 }, (_, i) => ({
		...{ epoch: i + 1, step: 10 * (i + 1), loss: 1.4 / (i + 1), rate: 1e-3 * (1 - i / 10) },
		validation: { loss: 1.2 / (i + 1) + 0.05 * i, accuracy: 0.5 + 0.08 * i },
	})),
	best: { epoch: 4, step: 40 },
	...{ labels, confusion },
	classes: Object.fromEntries(labels.map((label, i) => [label, { precision: 0.9, recall: 0.8, f1: 0.847 - 0.1 * i, support: 30 }])),
	reliability: {
		bins: Array.from({ length: 10 }, (_, i) => ({
			...{ from: i / 10, to: (i + 1) / 10, count: 10 * i },
			...{ confidence: i === 0 ? 0 : i / 10 + 0.05, accuracy: i === 0 ? 0 : i / 10 },
		})),
		ece: 0.043,
	},
	method: 'gradient × input',
	groups: [
		{
			title: 'Right',
			examples: [
				{
					...{ text: 'Oil prices <b>rise</b> again 😀', truth: 'Business', said: 'Business', right: true, score: 0.91 },
					tokens: [
						{ token: 'oil', start: 0, end: 3, weight: 0.8 },
						{ token: 'again', start: 23, end: 28, weight: -0.4 },
					],
				},
			],
		},
		{ title: 'Wrong', examples: [{ text: '油价上涨', truth: 'World', said: 'Sci/Tech', right: false, score: 0.4 }] },
	],
	attention: {
		...{ text: 'Oil prices rise', said: 'Business' },
		tokens: ['Oil', 'prices', 'rise'].map((token, i) => ({ token, start: [0, 4, 11][i]!, end: [3, 10, 15][i]!, weight: (i + 1) / 6 })),
		table: [
			[0.2, 0.3, 0.5],
			[0.1, 0.8, 0.1],
			[0.3, 0.3, 0.4],
		],
	},
	facts: [{ title: 'Settings', rows: [['source', 'ag-news']] }],
	by: 'textloom',
};
