// The sections of a report that have figures: training, confusion, classes, calibration, settings.
import { heatMap } from '../charts/heat-map.js';
import { type ChartLine, lineChart } from '../charts/line-chart.js';
import { reliabilityDiagram } from '../charts/reliability-diagram.js';
import { shortNumber } from '../charts/scale.js';
import { escaped, short } from '../markup.js';
import type { ReportedRecord, RunReportData } from './data.js';

/** A section's content; nothing where the data has none. */
export type Section = (data: RunReportData) => string | undefined;

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const figure = (svg: string, title: string, wide = false) =>
	`<figure${wide ? ' class="wide"' : ''}><h3>${escaped(title)}</h3>${svg}</figure>`;

/** Loss, metrics on the validation documents, learning rate. */
export const training: Section = ({ history = [], best }) => {
	if (history.length === 0) return undefined;
	const perEpoch = new Set(history.map(({ epoch }) => epoch)).size === history.length;
	const across = perEpoch ? 'epoch' : 'step';
	const line = (label: string, of: (record: ReportedRecord) => number | undefined): ChartLine[] => {
		const points = history.flatMap((record): [number, number][] => {
			const value = of(record);
			return value !== undefined && Number.isFinite(value) ? [[record[across], value]] : [];
		});
		return points.length > 0 ? [{ label, points }] : [];
	};
	const metrics = [...new Set(history.flatMap(({ validation = {} }) => Object.keys(validation)))].filter((name) => name !== 'loss');
	const marked = best && { x: best[across], label: `kept: ${across} ${best[across]}` };
	const chart = (title: string, lines: ChartLine[], shares = false) =>
		lines.length === 0
			? []
			: [
					figure(
						lineChart(lines, {
							title: `${title} by ${across}`,
							x: across,
							y: title.toLowerCase(),
							percent: shares,
							...(marked && { marked }),
						}),
						title,
					),
				];
	const charts = [
		...chart('Loss', [...line('training', ({ loss }) => loss), ...line('validation', ({ validation }) => validation?.loss)]),
		...metrics.flatMap((name) =>
			chart(
				`Validation ${name}`,
				line(name, ({ validation }) => validation?.[name]),
				/accuracy|f1/i.test(name),
			),
		),
		...chart(
			'Learning rate',
			line('rate', ({ rate }) => rate),
		),
	];
	const kept = marked ? `<p class="soft">The dashed line is the ${across} whose weights were kept, ${shortNumber(marked.x)}.</p>` : '';
	return `${kept}<div class="charts">${charts.join('')}</div>`;
};

/** Labels that a matrix is drawn of, at most; of more the confusions that are most frequent are listed. */
const mostLabels = 30;

/** The confusion matrix. */
export const confusion: Section = ({ labels = [], confusion: table = [] }) => {
	if (table.length === 0 || table.length !== labels.length) return undefined;
	if (labels.length > mostLabels) return confusions(labels, table);
	const svg = heatMap(table, {
		...{ title: 'Confusion matrix', rows: labels, columns: labels, rowTitle: 'true label', columnTitle: 'predicted', full: 'row' },
		...(labels.length > 8 && { cell: 34 }),
	});
	return `<p class="soft">Rows are true labels, columns what the model says. The stronger the colour of a cell, the larger its share of the row.</p>${figure(svg, 'Documents', true)}`;
};

function confusions(labels: readonly string[], table: readonly (readonly number[])[]): string {
	const found = table.flatMap((row, truth) => row.flatMap((count, said) => (truth !== said && count > 0 ? [{ truth, said, count }] : [])));
	const rows = found
		.sort((a, b) => b.count - a.count)
		.slice(0, 20)
		.map(({ truth, said, count }) => [labels[truth]!, labels[said]!, count.toLocaleString('en')]);
	return tableOf(`The most frequent confusions of ${labels.length} labels`, ['true label', 'predicted', 'documents'], rows);
}

/** Classes in a table, at most. */
const mostClasses = 60;

/** Precision, recall and F1 by class. */
export const classes: Section = ({ classes: all = {} }) => {
	const entries = Object.entries(all);
	if (entries.length === 0) return undefined;
	const shown = entries.length > mostClasses ? entries.sort(([, a], [, b]) => a.f1 - b.f1).slice(0, mostClasses) : entries;
	const caption = shown.length < entries.length ? `The ${mostClasses} of lowest F1 of ${entries.length} classes` : 'By class';
	const rows = shown.map(([name, { precision, recall, f1, support }]) => {
		const bar = `<span class="share" style="--share: ${short(100 * f1)}%" aria-hidden="true"></span>`;
		return `<tr><th scope="row">${escaped(name)}</th><td>${percent(precision)}</td><td>${percent(recall)}</td><td>${percent(f1)}${bar}</td><td>${support.toLocaleString('en')}</td></tr>`;
	});
	const head = ['class', 'precision', 'recall', 'F1', 'documents'].map((name) => `<th scope="col">${name}</th>`).join('');
	return `<div class="table"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
};

/** The reliability diagram. */
export const calibration: Section = ({ reliability }) => {
	if (!reliability) return undefined;
	const { bins, ece, of } = reliability;
	return `<p class="soft">Expected calibration error ${percent(ece)}${of ? `, ${escaped(of)}` : ''}. Bars that reach the dashed diagonal are calibrated; below it the model is too sure, above it not sure enough.</p><div class="charts">${figure(reliabilityDiagram(bins, { title: 'Reliability diagram' }), 'Accuracy by confidence')}</div>`;
};

/** Settings, and other tables of names and values. */
export const settings: Section = ({ facts = [] }) => {
	const tables = facts.filter(({ rows }) => rows.length > 0);
	if (tables.length === 0) return undefined;
	return tables
		.map(({ title, rows }) => {
			const lines = rows.map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`);
			return `<div class="table"><table class="facts"><caption>${escaped(title)}</caption><tbody>${lines.join('')}</tbody></table></div>`;
		})
		.join('');
};

function tableOf(caption: string, names: readonly string[], rows: readonly (readonly string[])[]): string {
	const head = names.map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
	const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('');
	return `<div class="table"><table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
