// The worker thread of a session: runs it without blocking the event loop of the thread that asks.
import { serve } from '../../stream/index.js';
import type { Tensor } from '../tensor.js';
import { createSession, type SessionOptions } from './create-session.js';
import type { Session } from './open-session.js';

let session: Session;

const handlers = {
	create: async ({ model, options }: { model: Uint8Array; options: SessionOptions }) => {
		session = await createSession(model, options);
		return { inputs: session.inputs, outputs: session.outputs };
	},
	run: ({ feeds, outputs }: { feeds: Record<string, Tensor>; outputs: readonly string[] }) =>
		session.run(feeds, Object.fromEntries(outputs.map((name) => [name, null]))),
	release: () => session.release(),
};

/** The functions that the worker offers. */
export type SessionHandlers = typeof handlers;

serve(handlers);
