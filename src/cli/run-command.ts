// Runs a command: its words become values, its errors one line and an exit code.
import { nearest } from '../base/nearest.js';
import type { CommandRow } from './command.js';
import { parseLine } from './flags/parse.js';
import { resolve } from './flags/resolve.js';
import { commandHelp } from './help.js';
import { flush, OutputError, print } from './output.js';
import { UsageError } from './usage-error.js';

/** Returns the exit code: 0 done, 1 failed, 2 wrong usage, or what the command says. */
export async function runCommand(name: string, words: readonly string[], commands: Readonly<Record<string, CommandRow>>): Promise<number> {
	const row = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (!row) {
		const names = Object.keys(commands);
		const meant = nearest(name, names);
		const next = meant ? ` Did you mean ${meant}?` : '';
		return fail(
			'textloom',
			new UsageError(`expected a command (${names.join(', ')}), got ${JSON.stringify(name)}.${next} See: npx textloom --help`),
			2,
		);
	}
	try {
		const { default: command } = await row.load();
		const line = parseLine(words, command.flags);
		if (line.help) {
			await print(commandHelp(name, row.summary, command).trimEnd());
			return 0;
		}
		const { parameters, flags } = await resolve(command, line);
		const code = await command.run(parameters, flags, { words, commands });
		await flush();
		return code;
	} catch (error) {
		if (error instanceof OutputError && error.quiet) return 0;
		return error instanceof UsageError
			? fail(`textloom ${name}`, new UsageError(`${error.message} See: npx textloom ${name} --help`), 2)
			: fail(`textloom ${name}`, error, 1);
	}
}

/** One line to stderr, whatever a file put into the message. TEXTLOOM_DEBUG=1 shows where it happened, too. */
function fail(who: string, error: unknown, code: number): number {
	const { message, stack } = error instanceof Error ? error : new Error(String(error));
	// `evaluate: expected …` need not be said twice.
	const reason = `textloom ${message}`.startsWith(`${who}: `) ? `textloom ${message}` : `${who}: ${message}`;
	process.stderr.write(`${process.env.TEXTLOOM_DEBUG ? stack : oneLine(reason)}\n`);
	return code;
}

/** The longest message, in characters. A longer one loses its middle: the end says what to do. */
const longest = 1000;

function oneLine(message: string): string {
	const line = message.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	return line.length > longest ? `${line.slice(0, longest / 2)} … ${line.slice(-longest / 2)}` : line;
}
