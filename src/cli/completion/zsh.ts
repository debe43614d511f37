// Completion for zsh: `_arguments` with a line for each flag.
import { type Completed, type Named, quoted } from './words.js';

/** Signs that `_arguments` reads, and its brackets, made plain. */
const plain = (text: string) => text.replace(/[:[\]\\]/g, '\\$&');

/** What a value is completed by. */
function action({ words, files }: Completed): string {
	const some = words.map(plain).join(' ');
	if (files === undefined) return words.length > 0 ? `(${some})` : ' ';
	const paths = files === 'folders' ? '_files -/' : '_files';
	return words.length > 0 ? `{ compadd ${some}; ${paths} }` : paths;
}

function caseOf({ name, flags: rows, arguments: given }: Named): string {
	const flags = rows.map(({ name, help, value }) => quoted(`${name}[${plain(help)}]${value ? `:value:${action(value)}` : ''}`));
	return `\t\t${name})\n\t\t\t_arguments ${[...flags, quoted(`*:argument:${action(given)}`)].join(' \\\n\t\t\t\t')}\n\t\t\t;;`;
}

/** The script. */
export function zsh(commands: readonly Named[]): string {
	const names = commands.map(({ name, summary }) => `\t\t${quoted(`${plain(name)}:${summary}`)}`);
	return `#compdef textloom
# Completion of textloom for zsh: source <(textloom completion zsh)
_textloom() {
	local -a names
	names=(
${names.join('\n')}
	)
	if ((CURRENT == 2)); then
		_describe command names
		return
	fi
	local name=$words[2]
	shift words
	((CURRENT--))
	case $name in
${commands.map(caseOf).join('\n')}
		help) _describe command names ;;
	esac
}
compdef _textloom textloom
`;
}
