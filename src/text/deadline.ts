// Work that is ended when it takes too long: regular expressions that came out of a file.
import { type Context, createContext, Script } from 'node:vm';

let room: { readonly context: Context; readonly call: Script } | undefined;

/**
 * Does work of this thread, and ends it after so many milliseconds, wherever it is: a regular expression that backtracks, too. A call costs
 * about 0.1 ms, so that many texts are done in one.
 *
 * @throws what `late` makes, where the work was ended.
 */
export function withDeadline<R>(ms: number, work: () => R, late: () => Error): R {
	room ??= { context: createContext({}), call: new Script('work()') };
	const { context, call } = room;
	context.work = work;
	try {
		return call.runInContext(context, { timeout: ms }) as R;
	} catch (error) {
		throw (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? late() : error;
	} finally {
		context.work = undefined;
	}
}
