// An HTML page around a picture: with a field that finds labels, and nothing from elsewhere.
import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';
import { escaped } from './markup.js';

/** What is on the page beside the picture. */
export interface PageOptions {
	/** Default 'Plot'. */
	readonly title?: string;
}

const kinds: Kinds<PageOptions> = { title: is.text };

const style = `body { margin: 1rem; font-family: Helvetica, Arial, sans-serif }
svg { max-width: 100%; height: auto; border: 1px solid #ddd }
.found { fill: #c00; font-weight: bold }
circle.found { r: 6px }`;

/** Marks what has the text of the field in its label. */
const script = `const field = document.querySelector('input');
field.addEventListener('input', () => {
	const text = field.value.toLowerCase();
	let count = 0;
	for (const element of document.querySelectorAll('[data-label]')) {
		const found = text !== '' && element.dataset.label.toLowerCase().includes(text);
		element.classList.toggle('found', found);
		if (found && element.localName === 'circle') count++;
	}
	document.querySelector('output').textContent = text === '' ? '' : count + ' found';
});`;

/**
 * A page that holds a picture of `scatterPlot`: a field marks the points whose labels have a text in them, also those whose labels found no place.
 *
 * @example
 * await writeFile('words.html', htmlPage(scatterPlot(points), { title: 'Words' }));
 */
export function htmlPage(svg: string, options: PageOptions = {}): string {
	argumentOf('htmlPage', 'svg', svg, { expected: 'an SVG picture', fits: (value) => is.text.fits(value) && svg.startsWith('<svg ') });
	const { title = 'Plot' } = optionsOf('htmlPage', options, kinds);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
${style}
</style>
</head>
<body>
<p><label>Find <input type="search" autofocus></label> <output></output></p>
${svg}<script>
${script}
</script>
</body>
</html>
`;
}
