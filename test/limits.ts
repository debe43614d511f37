// Limits of tests and of the processes they start: for what hangs. Machines differ in speed, so none is near what a test takes.

/** Milliseconds after which something is taken to hang. */
export const hang = 600_000;
