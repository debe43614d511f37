// Something in use that can be swapped for another of its kind: who uses the old one finishes with it, and then it is released.
import type { RemoteSession } from './session-host.js';

/** Holds one thing at a time, and counts who uses it. */
export interface Holder<T> {
	/** Does work with what is held now; it stays usable until the work is done, whatever is swapped meanwhile. */
	use<R>(work: (held: T) => R | Promise<R>): Promise<R>;
	/** Later work gets `next`. Settles when the last work with the old one is done and it is released. */
	swap(next: T): Promise<void>;
	/** Releases what is held after the work under way; later work is refused. */
	release(): Promise<void>;
}

/** One thing that was held: how many use it, and what is to happen when nobody does. */
interface Lease<T> {
	readonly held: T;
	users: number;
	left?: () => void;
}

/**
 * Holds something that can be swapped under load.
 *
 * @example
 * const holder = createHolder(await load('runs/monday'), (model) => model.close());
 * const answer = (texts: string[]) => holder.use((model) => model.predict(texts));
 * await holder.swap(await load('runs/tuesday'));
 */
export function createHolder<T>(first: T, free: (held: T) => Promise<void>): Holder<T> {
	let now: Lease<T> | undefined = { held: first, users: 0 };
	const replace = async (next: Lease<T> | undefined) => {
		const old = now;
		now = next;
		if (!old) return;
		if (old.users > 0) {
			await new Promise<void>((resolve) => {
				old.left = resolve;
			});
		}
		await free(old.held);
	};
	let released: Promise<void> | undefined;
	const refused = () => new Error('holder: expected no call after release, got one. Make another holder.');
	return {
		async use(work) {
			const lease = now;
			if (!lease) throw refused();
			lease.users++;
			try {
				return await work(lease.held);
			} finally {
				if (--lease.users === 0) lease.left?.();
			}
		},
		async swap(next) {
			if (!now) throw refused();
			await replace({ held: next, users: 0 });
		},
		release() {
			released ??= replace(undefined);
			return released;
		},
	};
}

/** A session that can be swapped for another under load. */
export interface SessionHolder extends RemoteSession {
	/**
	 * Later runs go to `next`, which must take no input and lack no output that the session before had. Settles when the runs under way
	 * on the old one are over and it is released. Tensors kept by the host of the old one are not known to `next`.
	 */
	swap(next: RemoteSession): Promise<void>;
}

/** Holds a session: runs like it, and can be swapped. */
export function createSessionHolder(first: RemoteSession): SessionHolder {
	let now = first;
	const holder = createHolder(first, (session) => session.release());
	return {
		get inputs() {
			return now.inputs;
		},
		get outputs() {
			return now.outputs;
		},
		run: (feeds, targets) => holder.use((session) => session.run(feeds, targets)),
		async swap(next) {
			const more = next.inputs.filter((name) => !now.inputs.includes(name));
			const less = now.outputs.filter((name) => !next.outputs.includes(name));
			if (more.length > 0 || less.length > 0) {
				const got = [more.length > 0 && `more inputs (${more.join(', ')})`, less.length > 0 && `no output ${less.join(', ')}`];
				throw new TypeError(
					`session: expected a model with the inputs and outputs of the one before, got ${got.filter(Boolean).join(' and ')}. Swap for one of its kind.`,
				);
			}
			const swapped = holder.swap(next);
			now = next;
			await swapped;
		},
		release: () => holder.release(),
	};
}
