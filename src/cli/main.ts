#!/usr/bin/env node
// The command line: finds the command by its name. What a command takes and does is loaded when it is called.
import { version } from '../base/version.js';
import type { CommandRow } from './command.js';
import { commands } from './commands/index.js';

const rows: Readonly<Record<string, CommandRow>> = commands;

async function main([name, ...words]: readonly string[]): Promise<number> {
	if (name === '--version' || name === '-v') return say(version);
	const help = name === '--help' || name === '-h' || name === 'help';
	if (name === undefined || (help && words.length === 0)) {
		const { generalHelp } = await import('./help.js');
		const text = generalHelp(rows);
		if (help) return say(text.trimEnd());
		process.stderr.write(text);
		return 2;
	}
	const { runCommand } = await import('./run-command.js');
	return help ? runCommand(words[0]!, ['--help'], rows) : runCommand(name, words, rows);
}

async function say(text: string): Promise<number> {
	const { print } = await import('./output.js');
	return print(text).then(
		() => 0,
		({ quiet, message }) => {
			if (!quiet) process.stderr.write(`textloom: ${message}\n`);
			return quiet ? 0 : 1;
		},
	);
}

process.exitCode = await main(process.argv.slice(2));
