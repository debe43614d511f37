// Sessions as users make them: one that traces says which node made the first number that is not finite.
import { is, type Kinds } from '../../base/index.js';
import { openSession, type RunOptions, type Session } from './open-session.js';
import { expectFinite } from './trace.js';

/** How a session runs. */
export interface SessionOptions extends RunOptions {
	/** Throws where a result has NaN or infinity, and names the first node that made it (see `findNonFinite`). Each run then looks at its results. */
	readonly trace?: boolean;
}

/** The kinds of these options. */
export const sessionKinds: Kinds<SessionOptions> = {
	...{ threads: is.whole(1), device: is.name, profile: is.name, optimize: is.flag, trace: is.flag },
};

/** Makes a session from the bytes of an ONNX model, or from its path. */
export async function createSession(model: Uint8Array | string, { trace = false, ...options }: SessionOptions = {}): Promise<Session> {
	const session = await openSession(model, options);
	if (!trace) return session;
	return {
		...session,
		async run(feeds, targets) {
			const results = await session.run(feeds, targets);
			await expectFinite(results, { model, feeds });
			return results;
		},
	};
}
