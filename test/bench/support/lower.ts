// A stage of the benchmarks' own, where threads find it.
import { map, type Stage } from 'textloom';

/** Lower case. */
export const lower = (): Stage<{ text: string }, { text: string }> =>
	map(({ text }: { text: string }) => ({ text: text.toLowerCase() }), { stage: 'lower' });
