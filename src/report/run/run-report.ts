// The report of a run as one HTML page: it needs no script and nothing from elsewhere, and its policy allows neither.
import { argumentOf, is } from '../../base/index.js';
import { escaped } from '../markup.js';
import type { RunReportData, SectionName } from './data.js';
import { calibration, classes, confusion, type Section, settings, training } from './sections.js';
import { style } from './style.js';
import { attention, examples } from './texts.js';

const sections: Readonly<Record<SectionName, { readonly title: string; readonly content: Section; readonly empty: string }>> = {
	training: { title: 'Training', content: training, empty: 'The run has no history of its training.' },
	confusion: { title: 'Confusion matrix', content: confusion, empty: 'The run has no evaluation with a confusion matrix.' },
	classes: { title: 'Classes', content: classes, empty: 'The run has no evaluation by class.' },
	calibration: { title: 'Calibration', content: calibration, empty: 'There are no probabilities with answers to compare.' },
	examples: { title: 'Examples', content: examples, empty: 'There are no documents to show.' },
	attention: { title: 'Attention', content: attention, empty: 'The model has no attention.' },
	settings: { title: 'Settings', content: settings, empty: 'The run has no settings.' },
};

const data = {
	expected: 'an object { title, … }',
	fits: (value: unknown) => is.object.fits(value) && is.text.fits((value as RunReportData).title),
};

/**
 * The page: training curves, confusion matrix, classes, reliability, examples with their words in colour, attention, settings. A section without data says
 * so. Readable light and dark, by the reader's system.
 *
 * @example
 * await writeFile('report.html', runReport({ title: 'ag-news', history, ...evaluation }));
 */
export function runReport(given: RunReportData): string {
	const { title, subtitle, figures = [], missing = {}, by } = argumentOf('runReport', 'data', given, data);
	const names = Object.keys(sections) as SectionName[];
	const parts = names.map((name) => {
		const { title: heading, content, empty } = sections[name];
		const body = content(given) ?? `<p class="empty">${escaped(missing[name] ?? empty)}</p>`;
		return `<section id="${name}" aria-labelledby="${name}-title">\n<h2 id="${name}-title">${heading}</h2>\n${body}\n</section>`;
	});
	const tiles = figures.map(({ name, value }) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`).join('');
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escaped(title)}</title>
<style>
${style}
</style>
</head>
<body>
<div class="page">
<header>
<h1>${escaped(title)}</h1>
${subtitle ? `<p class="soft">${escaped(subtitle)}</p>` : ''}
${tiles ? `<dl class="figures">${tiles}</dl>` : ''}
<nav aria-label="Sections">${names.map((name) => `<a href="#${name}">${sections[name].title}</a>`).join('')}</nav>
</header>
<main>
${parts.join('\n')}
</main>
${by ? `<footer>${escaped(by)}</footer>` : ''}
</div>
</body>
</html>
`;
}
