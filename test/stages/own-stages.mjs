// Stages as users write them, found by workers under this module's URL.
import { map, stage } from 'textloom';

const wait = new Int32Array(new SharedArrayBuffer(4));

/** Waits so many milliseconds for a chunk as its first document says. */
export const pause = (options) =>
	stage(
		(docs) => {
			Atomics.wait(wait, 0, 0, docs[0].ms ?? 0);
			return docs.map((doc) => ({ ...doc, waited: true }));
		},
		{ stage: 'pause', options: options ?? {} },
	);

export const exit = () =>
	map(
		(doc) => {
			if (doc.exit) process.exit(7);
			return {};
		},
		{ stage: 'exit' },
	);

export const hoard = () =>
	map(
		(doc) => {
			const all = [];
			while (doc.hoard) all.push(new Array(1e6).fill(all.length));
			return {};
		},
		{ stage: 'hoard' },
	);

export const fussy = () =>
	map(
		(doc) => {
			if (doc.bad) throw new RangeError('expected good, got bad');
			return {};
		},
		{ stage: 'fussy' },
	);

export const even = () => stage((docs) => docs.filter(({ n }) => n % 2 === 0), { stage: 'even' });

/** Leaves every third document out, and hands on copies of the others. */
export const copied = () => stage((docs) => docs.flatMap((doc) => (doc.n % 3 === 0 ? [] : [{ ...doc, seen: true }])), { stage: 'copied' });

/** Says by the channel `endless` that it has begun, and never ends. */
export const endless = () =>
	map(
		() => {
			new BroadcastChannel('endless').postMessage('begun');
			for (;;);
		},
		{ stage: 'endless' },
	);

export const notAFunction = 3;

/** A third of the documents. */
export const rare = () => stage((docs) => docs.filter(({ n }) => n % 3 === 0), { stage: 'rare' });
