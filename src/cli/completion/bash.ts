// Completion for bash: one function with a case for each command and each flag that takes a value.
import { type Completed, type Named, quoted } from './words.js';

/** Lines that fill COMPREPLY for the word `cur`. */
function reply({ words, files }: Completed): string {
	const all = [words.length > 0 && `-W ${quoted(words.join(' '))}`, files && (files === 'folders' ? '-d' : '-f')].filter(Boolean);
	return all.length > 0 ? `COMPREPLY=($(compgen ${all.join(' ')} -- "$cur"))` : 'COMPREPLY=()';
}

function caseOf({ name, flags: rows, arguments: given }: Named): string {
	const values = rows.flatMap((flag) => (flag.value ? [`\t\t\t\t${flag.name}) ${reply(flag.value)}; return ;;`] : []));
	const names = { words: rows.map((flag) => flag.name), files: undefined };
	return `\t\t${name})
			case "$prev" in
${values.join('\n')}
			esac
			if [[ $cur == -* ]]; then ${reply(names)}; else ${reply(given)}; fi
			;;`;
}

/** The script. */
export function bash(commands: readonly Named[]): string {
	return `# Completion of textloom for bash: source <(textloom completion bash)
_textloom() {
	local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
	if ((COMP_CWORD == 1)); then
		${reply({ words: [...commands.map(({ name }) => name), '--help', '--version'], files: undefined })}
		return
	fi
	case \${COMP_WORDS[1]} in
${commands.map(caseOf).join('\n')}
		help) ${reply({ words: commands.map(({ name }) => name), files: undefined })} ;;
	esac
}
complete -o filenames -F _textloom textloom
`;
}
