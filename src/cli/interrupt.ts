// Ctrl-C: the first one asks the run to stop, a second one ends the process.

/** A signal that Ctrl-C (or SIGTERM) sets off, until `done`. */
export function interruptible(message: string): { readonly signal: AbortSignal; done(): void } {
	const controller = new AbortController();
	const stop = () => {
		if (controller.signal.aborted) process.exit(130);
		process.stderr.write(`${message}\n`);
		controller.abort();
	};
	const signals = ['SIGINT', 'SIGTERM'] as const;
	for (const name of signals) process.on(name, stop);
	return {
		signal: controller.signal,
		done: () => {
			for (const name of signals) process.off(name, stop);
		},
	};
}
