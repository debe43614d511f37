// What labels may be, in words of the command line and of the task.

const rows = { 'one-label': 'one label', 'several-labels': 'several labels', number: 'number' } as const;

/** A word of the command line. */
export type ProblemName = keyof typeof rows;

/** The words. */
export const problems = Object.keys(rows) as readonly ProblemName[];

/** What the task calls it. */
export const problemOf = (name: ProblemName): (typeof rows)[ProblemName] => rows[name];
