// What a shell completes for each command, read off the rows.
import type { Command, CommandRow } from '../command.js';
import { kebab } from '../flags/flag.js';
import type { FlagKind } from '../flags/kinds.js';

/** A command by its name. */
export interface Named {
	readonly name: string;
	readonly summary: string;
	readonly command: Command;
	/** What its arguments are completed by, together: a shell need not count them. */
	readonly arguments: Completed;
}

/** A flag as a shell sees it. */
export interface FlagWords {
	/** With the dashes. */
	readonly name: string;
	readonly help: string;
	/** What its value may be; nothing where it takes none. */
	readonly value: Completed | undefined;
}

/** What a value is completed by: the words there are, or names of files or folders, or nothing. */
export interface Completed {
	readonly words: readonly string[];
	readonly files: 'files' | 'folders' | undefined;
}

/** The flags of a command. */
export function flagsOf({ flags }: Command): FlagWords[] {
	const rows = Object.entries(flags).map(([key, { kind, help }]) => ({
		name: `--${kebab(key)}`,
		help,
		value: kind.word && completed(kind),
	}));
	return [...rows, { name: '--help', help: 'what the command takes', value: undefined }];
}

/** A command with what completes it. */
export async function named(name: string, { summary, load }: CommandRow): Promise<Named> {
	const { default: command } = await load();
	const rows = Object.values(command.parameters);
	const words = await Promise.all(rows.map(({ kind, words }) => words?.() ?? kind.choices ?? []));
	const files = rows.map(({ kind }) => kind.completes).find(Boolean);
	return { name, summary, command, arguments: { words: words.flat(), files } };
}

function completed({ choices = [], completes }: FlagKind): Completed {
	return { words: choices, files: completes };
}

/** A text in single quotes, as bash and zsh take it. */
export function quoted(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
