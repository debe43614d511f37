// Completion for fish: a line for each command and flag.
import type { Completed, Named } from './words.js';

const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;

/** What a value is completed by; `-x` takes no files, `-r` does. */
function value({ words, files }: Completed): string {
	const some = [...words, files === 'folders' ? '(__fish_complete_directories)' : ''].filter(Boolean).join(' ');
	return `${files === 'files' ? ' -r -F' : ' -x'}${some && ` -a ${quoted(some)}`}`;
}

function linesOf({ name, flags: rows, arguments: given }: Named): string[] {
	const here = `complete -c textloom -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
	const flags = rows.map((flag) => `${here} -l ${flag.name.slice(2)} -d ${quoted(flag.help)}${flag.value ? value(flag.value) : ''}`);
	const { words, files } = given;
	const more = [words.length > 0 && `${here} -a ${quoted(words.join(' '))}`, files && `${here} -F`];
	return [...flags, ...more.filter((line) => line !== false && line !== undefined)];
}

/** The script. */
export function fish(commands: readonly Named[]): string {
	const names = commands.map(({ name, summary }) => `complete -c textloom -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`);
	return `# Completion of textloom for fish: textloom completion fish | source
complete -c textloom -f
${[...names, ...commands.flatMap(linesOf)].join('\n')}
`;
}
