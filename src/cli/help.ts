// The text of `--help`, made of the rows.
import { version } from '../base/version.js';
import type { Command, CommandRow } from './command.js';
import { type Flag, namesOf, placeholderOf } from './flags/flag.js';
import { type Parameter, shownParameter, shownParameters } from './flags/parameter.js';

/** All commands. */
export function generalHelp(commands: Readonly<Record<string, CommandRow>>): string {
	const rows = Object.entries(commands).map(([name, { summary }]): Row => [name, summary]);
	return `textloom ${version}: NLP text pipelines and models that are trained in Node.js

Usage: textloom COMMAND [argument…] [--flag…]

${table(rows)}
npx textloom COMMAND --help tells more. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C.
`;
}

/** One command: usage, arguments, flags by group, an example. */
export function commandHelp(name: string, summary: string, { parameters, flags, example }: Command): string {
	const usage = ['textloom', name, shownParameters(parameters), '[--flag…]'].filter(Boolean).join(' ');
	const groups = new Map<string, Row[]>();
	const add = (heading: string, row: Row) => groups.set(heading, [...(groups.get(heading) ?? []), row]);
	for (const parameter of Object.values(parameters)) add('', parameterRow(parameter));
	for (const [key, flag] of Object.entries(flags)) add(flag.group ?? 'Flags', flagRow(key, flag));
	add('Other', ['--help, -h', 'this text']);
	const width = Math.max(...[...groups.values()].flat().map(([left]) => left.length));
	const tables = [...groups].map(([heading, rows]) => `${heading && `${heading}:\n`}${table(rows, width)}`);
	return `textloom ${name}: ${summary}\n\nUsage: ${usage}\n\n${tables.join('\n')}\nExample:\n${example.map((line) => `  ${inNpx(line)}\n`).join('')}`;
}

/** A line of an example for a package that is installed in a folder. */
export const inNpx = (line: string): string => line.replace(/(^|\| )textloom /g, '$1npx textloom ');

type Row = readonly [left: string, right: string];

function parameterRow(parameter: Parameter): Row {
	return [shownParameter(parameter), parameter.help];
}

function flagRow(key: string, flag: Flag): Row {
	const otherwise = flag.otherwise ?? flag.default;
	const notes = [
		otherwise !== undefined && `default: ${String(otherwise)}`,
		flag.needs !== undefined && `with ${flag.needs}`,
		flag.kind.many && 'may be repeated',
	].filter(Boolean);
	return [
		[
			namesOf(key, flag)
				.map((name) => `--${name}`)
				.join(', '),
			placeholderOf(flag),
		]
			.filter(Boolean)
			.join(' '),
		`${flag.help}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`,
	];
}

/** Two columns; what is long on the right goes on below. */
function table(rows: readonly Row[], width = Math.max(...rows.map(([left]) => left.length))): string {
	const [indent, gap] = ['  ', '  '];
	return rows
		.map(
			([left, right]) =>
				`${indent}${left.padEnd(width)}${gap}${wrapped(right, 100 - width).join(`\n${' '.repeat(width + indent.length + gap.length)}`)}\n`,
		)
		.join('');
}

/** The text in lines of at most so many characters, but for longer words. */
function wrapped(text: string, length: number): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = lines.at(-1)!;
		if (line !== '' && line.length + 1 + word.length > length) lines.push(word);
		else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
	}
	return lines;
}
