// Runs `textloom pretrain`: reads texts, trains, tells how it goes, says what to do next.
import { join } from 'node:path';
import { pretrain } from '../../pretrained/index.js';
import { concat, type Documents, map, pipe } from '../../stream/index.js';
import { wordpiece } from '../../text/index.js';
import { corpusOf } from '../../train/recipes.js';
import { loadEncoder, loadRecipe } from '../catalog.js';
import { secondsOf } from '../flags/duration.js';
import { interruptible } from '../interrupt.js';
import { shellWord } from '../output.js';
import type { Input } from '../own/rows.js';
import { textsOf } from '../own/texts.js';
import { PretrainReport } from './report.js';
import { corporaIn, filesIn } from './sources.js';

interface Flags extends Input {
	readonly column: string | undefined;
	readonly data: string | undefined;
	readonly sample: boolean;
	readonly size: number;
	readonly layers: number;
	readonly width: number;
	readonly heads: number;
	readonly positions: number;
	readonly dropout: number;
	readonly share: number;
	readonly wholeWords: boolean;
	readonly epochs: number;
	readonly stopAfter: string | undefined;
	readonly batchSize: number;
	readonly maxLength: number;
	readonly validation: number;
	readonly rate: number;
	readonly seed: number;
	readonly out: string | undefined;
	readonly resume: boolean;
	readonly overwrite: boolean;
	readonly json: boolean;
	readonly threads: number | undefined;
}

/** Returns the exit code. `words` are the command line as it was typed. */
export async function runPretrain(
	{ files }: { readonly files: readonly string[] },
	flags: Flags,
	words: readonly string[],
): Promise<number> {
	const { size, layers, width, heads, positions, dropout, share, wholeWords, json, threads } = flags;
	const { epochs, batchSize, maxLength, validation, rate, seed, out = join('runs', 'pretrained') } = flags;
	const { corpus, origin } = await sourcesOf(files, flags);
	const bertEncoder = await loadEncoder();
	const report = new PretrainReport({ origin, json });
	const { controller, done } = interruptible('\nstopping: writing a checkpoint (Ctrl-C again to leave at once)');
	const start = performance.now();
	const result = await pretrain(
		{
			corpus,
			tokenizer: wordpiece({ size }),
			model: bertEncoder({ layers, width, heads, positions, dropout }),
			masking: { share, wholeWords },
			training: { epochs, batchSize, maxLength: Math.min(maxLength, positions), validation, seed, rate },
		},
		{
			...{ out, threads, signal: controller.signal },
			onProgress: (progress) => report.progress(progress),
			existing: flags.resume ? 'resume' : flags.overwrite ? 'overwrite' : 'refuse',
			...(flags.stopAfter !== undefined && { stopAfter: secondsOf(flags.stopAfter) }),
		},
	)
		.catch((error) => {
			// Stopped before there was anything to keep.
			if (controller.signal.aborted && error === controller.signal.reason) return undefined;
			throw error;
		})
		.finally(async () => {
			done();
			await report.done();
		});
	if (!result || result.interrupted) {
		const again = words.filter((word) => word !== '--overwrite' && word !== '--resume');
		const command = ['npx textloom pretrain', ...again.map(shellWord), '--resume'].join(' ');
		await report.say(result ? `Stopped. Go on with: ${command}` : 'Stopped before the training began.', {
			event: 'stopped',
			...(result && { command }),
		});
		return 130;
	}
	const seconds = (performance.now() - start) / 1000;
	const text = `\nSaved in ${out} after ${seconds.toFixed(1)} s. Try:\n  npx textloom finetune ${shellWord(out)} --data FILE`;
	await report.say(text, { event: 'end', best: result.best, seconds, out });
	return 0;
}

/** The texts of pipelines and files, one after the other. */
async function sourcesOf(sources: readonly string[], flags: Flags) {
	const all: Documents<{ text: string }>[] = [];
	const origins: string[] = [];
	const texts = map(({ text }: { text: string }) => ({ text }), { stage: 'pretrain', needs: { text: 'text' } });
	for (const name of corporaIn(sources)) {
		const docs = corpusOf((await loadRecipe(name)).corpus).train(flags.sample ? null : flags.data);
		origins.push(docs.origin);
		all.push(pipe(docs as Documents<{ text: string }>, texts));
	}
	const files = filesIn(sources);
	if (files.length > 0) {
		origins.push(files.join(' '));
		all.push(await textsOf(files, flags));
	}
	return { corpus: concat(...(all as [Documents<{ text: string }>])), origin: origins.join('; ') };
}
