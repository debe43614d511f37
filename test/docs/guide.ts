// The guide, made of the examples: their comments are its text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The pages in the order in which a newcomer reads them; every example has its place. */
const order = [
	...[
		'text-pipeline',
		'job',
		'keywords',
		'word-map',
		'language-identification',
		'train-and-predict',
		'tfidf-mlp',
		'title-cnn',
		'choose-settings',
	],
	...[
		'own-model',
		'number-words',
		'xor',
		'least-squares',
		'own-cell',
		'attention-pooling',
		'time-by-length',
		'own-optimizer',
		'lora',
		'own-task',
	],
];

/** The guide as Markdown. */
export function guide(folder: string): string {
	const names = readdirSync(folder)
		.filter((name) => name.endsWith('.ts'))
		.map((name) => name.slice(0, -'.ts'.length));
	const unplaced = names.filter((name) => !order.includes(name));
	if (unplaced.length > 0)
		throw new Error(`docs: expected a place in the guide for ${unplaced.join(', ')}. Add it to order in test/docs/guide.ts.`);
	const pages = order.map((name) => page(name, readFileSync(join(folder, `${name}.ts`), 'utf8')));
	return `# The guide

Small programs, in the order in which they build on each other. Each runs as it stands: save it as a \`.ts\` file beside an installed
textloom and run it with Node.js 22.18 or later (earlier ones need \`npx tsx FILE.ts\`, or tsc; in the repository, \`npm run build && node dist/examples/NAME.js\`).
This page is made of the programs by \`npm run docs\`.

${pages.join('\n')}`;
}

/** A program as text and code: comments that begin a line are text, the first sentence of the first one is the title. */
function page(name: string, source: string): string {
	const parts: string[] = [];
	let code: string[] = [];
	const flush = () => {
		const lines = code.join('\n').trim();
		if (lines !== '') parts.push(`\`\`\`ts\n${lines}\n\`\`\``);
		code = [];
	};
	const [first, ...rest] = source.trimEnd().split('\n');
	for (const line of rest) {
		if (!line.startsWith('// ')) code.push(line);
		else {
			flush();
			parts.push(line.slice('// '.length));
		}
	}
	flush();
	return `## ${name}\n\n${first!.replace(/^\/\/ /, '')}\n\n${parts.join('\n\n')}\n`;
}
