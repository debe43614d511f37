// Stages as users write them, found by workers under this module's URL.
import { map, stage } from 'textloom';

const wait = new Int32Array(new SharedArrayBuffer(4));

/** Waits so many milliseconds for a chunk as its first document says. */
export const pause = (options) =>
	stage({ stage: 'pause', options: options ?? {} }, (docs) => {
		Atomics.wait(wait, 0, 0, docs[0].ms ?? 0);
		return docs.map((doc) => ({ ...doc, waited: true }));
	});

export const exit = () =>
	map({ stage: 'exit', options: {} }, (doc) => {
		if (doc.exit) process.exit(7);
		return {};
	});

export const hoard = () =>
	map({ stage: 'hoard', options: {} }, (doc) => {
		const all = [];
		while (doc.hoard) all.push(new Array(1e6).fill(all.length));
		return {};
	});

export const fussy = () =>
	map({ stage: 'fussy', options: {} }, (doc) => {
		if (doc.bad) throw new RangeError('expected good, got bad');
		return {};
	});

export const even = () => stage({ stage: 'even', options: {} }, (docs) => docs.filter(({ n }) => n % 2 === 0));

/** Says by the channel `endless` that it has begun, and never ends. */
export const endless = () =>
	map({ stage: 'endless', options: {} }, () => {
		new BroadcastChannel('endless').postMessage('begun');
		for (;;);
	});

export const notAFunction = 3;
