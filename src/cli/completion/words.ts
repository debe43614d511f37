// What a shell completes for each command, read off the rows.
import type { Command, CommandRow } from '../command.js';
import { namesOf } from '../flags/flag.js';

/** A command by its name. */
export interface Named {
	readonly name: string;
	readonly summary: string;
	readonly flags: readonly FlagWords[];
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
async function flagsOf({ flags }: Command): Promise<FlagWords[]> {
	const asked = Object.entries(flags).map(async ([key, flag]) => {
		const { kind, help, words } = flag;
		const value = kind.word && { words: (await words?.()) ?? kind.choices ?? [], files: kind.completes };
		return namesOf(key, flag).map((name) => ({ name: `--${name}`, help, value }));
	});
	const rows = await Promise.all(asked);
	return [...rows.flat(), { name: '--help', help: 'what the command takes', value: undefined }];
}

/** A command with what completes it. */
export async function named(name: string, { summary, load }: CommandRow): Promise<Named> {
	const { default: command } = await load();
	const rows = Object.values(command.parameters);
	const words = await Promise.all(rows.map(({ kind, words }) => words?.() ?? kind.choices ?? []));
	const files = rows.map(({ kind }) => kind.completes).find(Boolean);
	return { name, summary, flags: await flagsOf(command), arguments: { words: words.flat(), files } };
}

/** A text in single quotes, as bash and zsh take it. */
export function quoted(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
