// What an index exports, with the first sentence that its own file says of each name.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A name that an index exports. */
export interface Exported {
	readonly name: string;
	readonly sentence: () => string;
}

const read = (path: string) => readFileSync(path, 'utf8');

/** The values that an index exports by name, those of indexes that it hands on included; types are left out. */
export function exportsOf(path: string): Exported[] {
	const text = read(path);
	const handedOn = [...text.matchAll(/^export \* from '(\.[^']+)';/gm)].flatMap(([, other]) => exportsOf(fileOf(path, other!)));
	const own = [...text.matchAll(/^export \{([^}]*)\} from '(\.[^']+)';/gm)].flatMap(([, names, other]) => {
		const values = names!
			.split(',')
			.map((name) => name.trim())
			.filter((name) => name !== '' && !name.startsWith('type '));
		return values.map((name) => ({ name, sentence: () => sentenceOf(fileOf(path, other!), name) }));
	});
	return [...own, ...handedOn];
}

const fileOf = (from: string, path: string) => join(dirname(from), path.replace(/\.js$/, '.ts'));

/** The first sentence of the comment before a name's declaration, in its file or in the one that it comes from. */
function sentenceOf(path: string, name: string): string {
	if (!existsSync(path)) throw new Error(`docs: expected ${path}, which an index names. Correct the index.`);
	const text = read(path);
	const declared = new RegExp(
		`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export (?:declare )?(?:async )?(?:const|function\\*?|class) ${name}\\b`,
	).exec(text);
	if (declared) return firstSentence(declared[1]!);
	const elsewhere = new RegExp(`^export \\{[^}]*\\b${name}\\b[^}]*\\} from '(\\.[^']+)';`, 'm').exec(text);
	if (elsewhere) return sentenceOf(fileOf(path, elsewhere[1]!), name);
	throw new Error(`docs: expected a comment before ${name} in ${path}, got none. Write one: its first sentence goes into the README.`);
}

function firstSentence(comment: string): string {
	const plain = comment
		.replace(/^\s*\*? ?/gm, '')
		.replace(/\s+/g, ' ')
		.trim();
	return (/^.*?(?<!\bal)[.:](?= |$)/.exec(plain)?.[0] ?? plain).replace(/[.:]$/, '');
}
