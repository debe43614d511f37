// The workers of one iteration of `parallel`: started as they are needed, each with a few chunks, ended together.
import { errorOf, isWorker, type Remote, startWorker } from '../../base/index.js';
import { rangeOf } from '../../stream/index.js';
import { foldersOf } from '../own-stages.js';
import { createPacker, createUnpacker } from './columns.js';
import { type Workplace, within } from './in-order.js';
import type { ParallelHandlers, Work } from './parallel-worker.js';

interface Member {
	readonly worker: Remote<ParallelHandlers>;
	readonly opened: Promise<void>;
	readonly pack: ReturnType<typeof createPacker>;
	readonly unpack: ReturnType<typeof createUnpacker>;
	/** Chunks under way. */
	busy: number;
}

/** Milliseconds that a worker has to finish a chunk and end by itself. */
const grace = 500;

/** Chunks of a worker under way: one at work, one waiting so that it goes on at once, and results not yet taken. */
const chunksEach = 4;

/** Threads at the same work. What they give is unpacked when its turn has come: waiting results are few large buffers then, which cost the garbage collector nothing. */
export interface Crew extends Workplace<object, () => object[]> {
	/** What each worker's tally has seen. */
	parts(): Promise<unknown[]>;
	/** Lets the workers end; `now` does not wait for them. */
	end(how?: { now: boolean }): Promise<void>;
}

/** Makes a crew of up to `workers` threads. */
export function createCrew(workers: number, work: Work, signal: AbortSignal | undefined): Crew {
	if (isWorker() && Object.keys(work.modules).length > 0) {
		throw new Error(
			'parallel: expected modules to be named by the program, got a thread of parallel that names some: the module it loads is a script that starts threads. Put the stages into a file of their own, and name that.',
		);
	}
	const folders = foldersOf([...work.saved.stages, ...(work.learner?.stages ?? [])].map(({ stage }) => stage));
	const members: Member[] = [];
	const join = () => {
		const worker = startWorker<ParallelHandlers>(new URL('./parallel-worker.js', import.meta.url));
		const member: Member = {
			worker,
			opened: worker.call('open', { work, folders }),
			pack: createPacker(),
			unpack: createUnpacker(),
			busy: 0,
		};
		members.push(member);
		return member;
	};
	const next = () => {
		const free = members.find(({ busy }) => busy === 0);
		if (free) return free;
		return members.length < workers ? join() : members.reduce((least, member) => (member.busy < least.busy ? member : least));
	};
	return {
		limit: chunksEach * workers,
		signal,
		idle: () => members.length < workers || members.some(({ busy }) => busy === 0),
		async send(docs, first) {
			const member = next();
			member.busy++;
			try {
				await member.opened;
				const outcome = await member.worker.call('run', { packed: member.pack(docs), first }).catch((error) => {
					throw lost(error, first, docs.length);
				});
				if ('packed' in outcome) return () => member.unpack(outcome.packed);
				throw errorOf(outcome.failure);
			} finally {
				member.busy--;
			}
		},
		parts: () => Promise.all(members.map(({ worker }) => worker.call('part', undefined))),
		async end({ now } = { now: false }) {
			const ended = members.map(async ({ worker }) => {
				if (!(await within(grace, worker.close()))) await worker.terminate();
			});
			if (!now) await Promise.all(ended);
		},
	};
}

function lost(error: Error, first: number, count: number): Error {
	if (error.name === 'DataCloneError') {
		return new TypeError(
			`parallel: expected documents of plain data, got one that threads cannot exchange in ${rangeOf(first, count)} (${error.message}). Leave that field out.`,
		);
	}
	return new Error(
		`parallel: expected ${rangeOf(first, count)} back from a worker, got its end (${error.message.replace(/ Start again\.$/, '')}). Does a stage of yours call process.exit, or need more memory?`,
		{ cause: error },
	);
}
