// The kinds of the options of a decoder's sessions.
import { is, type Kinds } from '../../base/index.js';
import type { SessionOptions } from '../../graph/index.js';

export const sessionKinds: Kinds<Omit<SessionOptions, 'profile'>> = {
	...{ threads: is.whole(1), device: is.name, optimize: is.flag, trace: is.flag },
};
