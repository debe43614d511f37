// Ctrl-C: the first one asks the run to stop, a second one ends the process.

/** A controller that Ctrl-C (or SIGTERM) sets off, until `done`. */
export function interruptible(message: string): { readonly controller: AbortController; done(): void } {
	const controller = new AbortController();
	const signals = ['SIGINT', 'SIGTERM'] as const;
	const done = () => {
		for (const name of signals) process.off(name, stop);
	};
	const stop = (name: NodeJS.Signals) => {
		if (controller.signal.aborted) {
			// Without a listener the system ends the process. `process.exit` would abort while ONNX Runtime is at work in another thread.
			done();
			process.kill(process.pid, name);
			return;
		}
		process.stderr.write(`${message}\n`);
		controller.abort();
	};
	for (const name of signals) process.on(name, stop);
	return { controller, done };
}
