// The widest instructions of the processor that products use: figures of one set say little of another.
import { readFileSync } from 'node:fs';

const sets = ['amx_tile', 'avx512_vnni', 'avx512f', 'avx2', 'asimd'] as const;

/** Where the system tells it; else the architecture. */
export function instructionSet(): string {
	try {
		const flags = new Set(/^(?:flags|Features)\s*: (.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' '));
		return sets.find((set) => flags.has(set)) ?? process.arch;
	} catch {
		return process.arch;
	}
}
