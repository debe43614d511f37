// Runs `textloom vocab`: counts the words of texts, or rows of them, and prints what there is.
import { writeAtomic } from '../../base/index.js';
import { type Vocabulary, vocabulary, zipf } from '../../features/index.js';
import { chain } from '../../stream/index.js';
import { clean, ngrams, words } from '../../text/index.js';
import { count, ProgressLine, print, sayRead, some } from '../output.js';
import type { Input } from '../own/rows.js';
import { textsOf } from '../own/texts.js';
import { plot, type Series } from './plot.js';
import { coverageLines, coverageOf, frequentLines, ofLength, zipfLines, zipfRows } from './report.js';
import { svg } from './svg.js';

/** What the command line says. */
interface Flags extends Input {
	readonly column: string | undefined;
	readonly minCount: number;
	readonly size: number | undefined;
	readonly ngrams: string;
	readonly top: number;
	readonly zipf: boolean;
	readonly svg: string | undefined;
	readonly out: string | undefined;
	readonly json: boolean;
}

/** Returns the exit code. */
export async function runVocab({ files }: { files: readonly string[] }, flags: Flags): Promise<number> {
	const { minCount, size, top, json } = flags;
	const start = performance.now();
	const docs = await textsOf(files, flags);
	const stages = chain(clean(), words());
	const tally = vocabulary({ minCount, ...(size !== undefined && { size }) }).tally!;
	const lengths = [...new Set(flags.ngrams.split(',').map(Number))].map((n) => ({ n, stage: ngrams({ from: n }), part: tally.start() }));
	const line = new ProgressLine();
	let texts = 0;
	for await (const chunk of docs.chunks()) {
		const cut = stages.apply(chunk, texts);
		for (const { n, stage, part } of lengths) tally.add(part, n === 1 ? cut : stage.apply(cut), texts);
		texts += chunk.length;
		line.show(() => `counting words: ${some(texts, 'text')}`);
	}
	line.clear();
	const series: Series[] = [];
	for (const { n, part } of lengths) {
		const fitted = tally.finish(part);
		const law = flags.zipf && fitted.size > 3 ? zipf(fitted.counts.slice(2)) : undefined;
		if (law) series.push({ mark: String(n), name: ofLength(n), law });
		if (json) await print(JSON.stringify(facts(fitted, { n, texts, top, law })));
		else {
			const tokens = fitted.counts.reduce((sum, count) => sum + count, 0);
			await print(`${count(fitted.size - 2)} different ${ofLength(n)} of ${count(tokens)} in ${some(texts, 'text')}`);
			for (const part of [frequentLines(fitted, top), coverageLines(fitted, n), law ? zipfLines(law) : []]) {
				for (const line of part) await print(line);
			}
			await print();
		}
		if (flags.out !== undefined) await fitted.save(flags.out);
	}
	if (series.length > 0 && !json) for (const line of plot(series)) await print(line);
	if (flags.svg !== undefined) await writeAtomic(flags.svg, svg(series));
	sayRead(docs.counts, { texts, start, encoding: flags.encoding });
	return 0;
}

interface Asked {
	readonly n: number;
	readonly texts: number;
	readonly top: number;
	readonly law: ReturnType<typeof zipf> | undefined;
}

/** The same for programs. */
function facts(fitted: Vocabulary, { n, texts, top, law }: Asked): object {
	const { tokens, counts, size } = fitted;
	const most = tokens.slice(2, 2 + top).map((token, place) => ({ token, count: counts[place + 2]! }));
	const line = law && { exponent: law.exponent, constant: law.constant, explained: law.explained, ranks: zipfRows(law) };
	return {
		...{ ngram: n, texts, tokens: counts.reduce((sum, count) => sum + count, 0), size: size - 2, unknown: counts[1] },
		...{ top: most, coverage: coverageOf(fitted), ...(line && { zipf: line }) },
	};
}
