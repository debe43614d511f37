// Runs the command line as users do: a process in a temporary folder. And small files to run it on.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export const main = new URL('../../dist/src/cli/main.js', import.meta.url).pathname;

/** The sample corpus unless a test says otherwise. */
const environment = { ...process.env, TEXTLOOM_DATA: '' };

/** Runs a command to its end. */
export function cli(
	args: readonly string[],
	{ cwd, env, input = '' }: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string | Uint8Array } = {},
) {
	return new Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>((resolve) => {
		const options = { cwd, env: { ...environment, ...env }, maxBuffer: 1e8 };
		const child = execFile(process.execPath, [main, ...args], options, (_, stdout, stderr) =>
			resolve({ code: child.exitCode, signal: child.signalCode, stdout, stderr }),
		);
		// Commands that do not read their input close it.
		child.stdin!.on('error', () => {});
		child.stdin!.end(input);
	});
}

/** Starts a command; `onLine` gets each line of its stdout. */
export function start(args: readonly string[], { cwd, onLine }: { cwd: string; onLine: (line: string, child: ChildProcess) => void }) {
	const child = spawn(process.execPath, [main, ...args], { cwd, env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
	createInterface({ input: child.stdout }).on('line', (line) => onLine(line, child));
	let stderr = '';
	child.stderr.on('data', (data) => {
		stderr += data;
	});
	const ended = new Promise<{ code: number | null; signal: string | null; stderr: string }>((resolve) =>
		child.on('close', (code, signal) => resolve({ code, signal, stderr })),
	);
	return { child, ended };
}

/** The objects of JSON Lines; throws for a line that is none. */
export function objects(lines: string): Record<string, unknown>[] {
	return lines
		.split('\n')
		.slice(0, -1)
		.map((line) => JSON.parse(line));
}

const topics = {
	weather: ['rain', 'sun', 'wind', 'snow', 'fog', 'frost', 'cloud', 'storm'],
	food: ['bread', 'soup', 'rice', 'beans', 'cheese', 'plums', 'honey', 'eggs'],
	travel: ['train', 'ferry', 'bus', 'ticket', 'harbour', 'station', 'bridge', 'map'],
};

/** Texts of three classes, each text another: `size` in all. */
export function labelled(size: number): { text: string; label: string }[] {
	return Array.from({ length: size }, (_, i) => {
		const label = (['weather', 'food', 'travel'] as const)[i % 3]!;
		const word = (step: number) => topics[label][(i * step + Math.floor(i / 24)) % 8]!;
		return { text: `${word(1)} and ${word(3)} on day ${i} with ${word(5)}`, label };
	});
}

/** A CSV file with a header. No field of these texts needs quotes. */
export function csvOf(rows: readonly { text: string; label: string }[]): string {
	return `text,label\n${rows.map(({ text, label }) => `${text},${label}\n`).join('')}`;
}
