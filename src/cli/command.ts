// What a command is: its arguments and flags as rows, an example, and what it does.
import type { Flags, NeedsOf, Values } from './flags/flag.js';
import type { Arguments, Parameters } from './flags/parameter.js';

/** What every command is told beside its own. */
export interface Context {
	/** The command line after the command's name, as it was typed. */
	readonly words: readonly string[];
	/** Every command with its summary, in the order of `--help`; `load` gives what it takes. */
	readonly commands: Readonly<Record<string, CommandRow>>;
}

/** A line of the index of commands. */
export interface CommandRow {
	readonly summary: string;
	readonly load: () => Promise<{ readonly default: Command }>;
}

/** Whether something holds that flags need; if not, what was given instead. */
export type Fact<P extends Parameters, F extends Flags> = (given: {
	readonly parameters: Arguments<P>;
	readonly flags: Values<F>;
}) => true | string | Promise<true | string>;

/** A command, as its file declares it. */
export type Definition<P extends Parameters, F extends Flags> = {
	readonly parameters: P;
	readonly flags: F;
	/** Lines for a shell that work in an empty folder: `--help` ends with them. */
	readonly example: readonly string[];
	/** Returns the exit code. Loads here, and not with the file, what takes long to load. */
	run(parameters: Arguments<P>, flags: Values<F>, context: Context): Promise<number>;
} & ([NeedsOf<F>] extends [never] ? { readonly facts?: undefined } : { readonly facts: Readonly<Record<NeedsOf<F>, Fact<P, F>>> });

/** A command of any arguments and flags. */
export interface Command {
	readonly parameters: Parameters;
	readonly flags: Flags;
	readonly example: readonly string[];
	readonly facts: Readonly<Record<string, Fact<Parameters, Flags>>>;
	run(parameters: object, flags: object, context: Context): Promise<number>;
}

/** Declares a command. A flag may need only what `facts` tells of. */
export function defineCommand<const P extends Parameters, const F extends Flags>(definition: Definition<P, F>): Command {
	return { facts: {}, ...definition } as unknown as Command;
}
