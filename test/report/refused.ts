// What charts refuse.
import { heatMap, lineChart, reliabilityDiagram, runReport } from 'textloom/report';

export const refused: readonly (readonly [what: string, draw: () => string, message: string])[] = [
	[
		'points that are no numbers',
		() => lineChart([{ label: 'a', points: [[0, Number.NaN]] }]),
		'lineChart: expected lines to be an array of lines { label, points } of finite numbers',
	],
	['rows of different lengths', () => heatMap([[1], [1, 2]]), 'heatMap: expected table to be rows of as many numbers, none below 0'],
	[
		'names that are too few',
		() => heatMap([[1, 2]], { columns: ['a'] }),
		'heatMap: expected columns to be 2 names, as the table has, got 1.',
	],
	['a misspelt option', () => heatMap([[1]], { colums: ['a'] } as never), 'Did you mean columns?'],
	[
		'shares above 1',
		() => reliabilityDiagram([{ from: 0, to: 1, count: 1, confidence: 2, accuracy: 0 }]),
		'reliabilityDiagram: expected bins to be an array of bins',
	],
	['a report without a title', () => runReport({} as never), 'runReport: expected data to be an object { title, … }'],
];
