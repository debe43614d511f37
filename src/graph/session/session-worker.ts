// The worker thread of a session host: opens sessions, runs them, and keeps tensors between runs.
import { moved, serve } from '../../base/index.js';
import type { Tensor } from '../../tensors/tensor.js';
import { createSession, type SessionOptions } from './create-session.js';
import { discard } from './discard.js';
import type { Session } from './open-session.js';
import { writePart } from './write-part.js';

/** Where a result is kept: under a number, or in a part of what is there. */
export type SentTarget = number | { readonly of: number; readonly axis: number; readonly at: number };

/** A run as it travels: a feed that is a number is the tensor kept under it, and results of `keep` go under theirs instead of back. */
export interface SentRun {
	readonly session: number;
	readonly feeds: Readonly<Record<string, Tensor | number>>;
	/** Default: all. */
	readonly outputs?: readonly string[] | undefined;
	readonly keep: Readonly<Record<string, SentTarget>>;
}

const sessions = new Map<number, Session>();
/** Kept tensors by their number; undefined where nothing has been written yet. */
const kept = new Map<number, Tensor | undefined>();

const handlers = {
	async open({ session: number, model, options }: { session: number; model: Uint8Array | string; options: SessionOptions }) {
		const session = await createSession(model, options);
		sessions.set(number, session);
		return { inputs: session.inputs, outputs: session.outputs };
	},
	async run({ session: number, feeds, outputs, keep }: SentRun): Promise<Record<string, Tensor>> {
		const session = sessions.get(number)!;
		const fed = Object.fromEntries(
			Object.entries(feeds).map(([name, feed]) => [name, typeof feed === 'number' ? keptFor(`input ${name}`, feed) : feed]),
		);
		const results = await session.run(fed, { outputs: [...(outputs ?? session.outputs), ...Object.keys(keep)] });
		for (const [name, target] of Object.entries(keep)) {
			const place = typeof target === 'number' ? target : target.of;
			// Released while the run was under way: nobody asks for it any more.
			if (kept.has(place)) {
				if (typeof target === 'number') kept.set(place, results[name]!);
				else {
					writePart(name, results[name]!, { ...target, of: keptFor(`output ${name}`, place) });
					discard(results[name]!.data.buffer as ArrayBuffer);
				}
			}
			delete results[name];
		}
		return moved(
			results,
			Object.values(results).map(({ data }) => data.buffer as ArrayBuffer),
		);
	},
	keep({ place, value }: { place: number; value: Tensor | undefined }) {
		kept.set(place, value);
	},
	read: (place: number) => kept.get(place),
	drop(place: number) {
		kept.delete(place);
	},
	async close(number: number) {
		await sessions.get(number)?.release();
		sessions.delete(number);
	},
	async end() {
		for (const session of sessions.values()) await session.release();
	},
};

function keptFor(name: string, place: number): Tensor {
	const value = kept.get(place);
	if (value) return value;
	throw new TypeError(
		kept.has(place)
			? `session: expected a tensor kept for ${name}, got a place without one. Run first what writes it.`
			: `session: expected a tensor kept for ${name}, got one that was released. Keep it until its last run.`,
	);
}

/** The functions that the worker offers. */
export type SessionHandlers = typeof handlers;

serve(handlers, { concurrent: true });
