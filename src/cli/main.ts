#!/usr/bin/env node
// The command line: finds the command, parses its flags, turns errors into one line and an exit code.
import { parseArgs } from 'node:util';
import { type Command, UsageError } from './command.js';
import { corpora } from './corpora.js';
import { evaluate } from './evaluate.js';
import { info } from './info.js';
import { flush, OutputError } from './output.js';
import { predict } from './predict.js';
import { train } from './train.js';
import { version } from './version.js';

const commands: Readonly<Record<string, Command>> = { train, evaluate, predict, corpora, info };

const help = `textloom ${version}: NLP text pipelines and models that are trained in Node.js

${Object.entries(commands)
	.map(([name, { summary, parameters }]) => `  textloom ${[name, ...parameters].join(' ').padEnd(24)} ${summary}`)
	.join('\n')}

textloom COMMAND --help tells more. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C.
`;

async function main([name, ...rest]: readonly string[]): Promise<number> {
	if (name === undefined) {
		process.stderr.write(help);
		return 2;
	}
	if (name === '--help' || name === '-h' || name === 'help') {
		process.stdout.write(help);
		return 0;
	}
	if (name === '--version' || name === '-v') {
		process.stdout.write(`${version}\n`);
		return 0;
	}
	const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (!command) {
		const names = Object.keys(commands).join(', ');
		return fail('textloom', new UsageError(`expected a command (${names}), got ${JSON.stringify(name)}. See: textloom --help`), 2);
	}
	try {
		const { values, positionals } = parse(command, rest);
		if (values.help) {
			process.stdout.write(`textloom ${[name, ...command.parameters].join(' ')}: ${command.summary}\n\n${command.usage}\n`);
			return 0;
		}
		const required = command.parameters.filter((parameter) => !parameter.startsWith('['));
		const most = command.parameters.at(-1)?.includes('…') ? Number.POSITIVE_INFINITY : command.parameters.length;
		if (positionals.length < required.length || positionals.length > most) {
			throw new UsageError(`expected ${command.parameters.join(' ') || 'no arguments'}, got ${positionals.join(' ') || 'nothing'}.`);
		}
		const code = await command.run(positionals, values);
		await flush();
		return code;
	} catch (error) {
		if (error instanceof OutputError && error.quiet) return 0;
		return error instanceof UsageError
			? fail(`textloom ${name}`, new UsageError(`${error.message} See: textloom ${name} --help`), 2)
			: fail(`textloom ${name}`, error, 1);
	}
}

function parse(command: Command, args: readonly string[]) {
	try {
		const options = { ...command.flags, help: { type: 'boolean', short: 'h' } } as const;
		return parseArgs({ args: [...args], options, allowPositionals: true });
	} catch (error) {
		// Its messages go on with advice on escaping; the first sentence is the reason.
		throw new UsageError(`${(error as Error).message.split('. ')[0]!.replace(/\.$/, '')}.`);
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

process.exitCode = await main(process.argv.slice(2));
