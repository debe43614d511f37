// A run that has so many seconds: it ends as if it were over, with the best weights so far.
import type { FitCallback } from './fit-loop.js';

/** Says stop after the first steps beyond its seconds, which count from when it is made. Without seconds it never does. */
export function timeLimit(seconds = Number.POSITIVE_INFINITY): { readonly callback: FitCallback; isOver(): boolean } {
	const end = performance.now() + 1000 * seconds;
	const isOver = () => performance.now() >= end;
	return { callback: { onSteps: () => (isOver() ? 'stop' : undefined) }, isOver };
}
