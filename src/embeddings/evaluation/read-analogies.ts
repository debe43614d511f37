// Files of analogies, in the format of questions-words.txt (Mikolov et al. 2013): sections, each of lines of four words.
import { collect, LineSplitter, type Paths, recordSource, type SourceOptions } from '../../stream/public.js';

/** a is to b as c is to d. */
export type Analogy = readonly [a: string, b: string, c: string, d: string];

/** Analogies of one kind. */
export interface AnalogySection {
	readonly name: string;
	readonly analogies: readonly Analogy[];
}

/**
 * Reads analogies: lines such as `: family`, which begin a section, and lines of four words. Gzip and other encodings are read as by every source.
 *
 * @throws {DataError} with `file:line` for a line that is neither, unless `onError` says otherwise; gensim passes over such lines.
 */
export async function readAnalogies(paths: Paths, options: SourceOptions = {}): Promise<AnalogySection[]> {
	const docs = recordSource<{ name: string; analogy?: Analogy }>('readAnalogies', paths, options, (sink) => {
		let name: string | undefined;
		const take = (text: string, line: number) => {
			const words = text.trim().split(/\s+/);
			if (text.startsWith(':')) {
				name = text.slice(1).trim();
				sink.add({ name }, line);
			} else if (words[0] === '' || text.startsWith('#')) return;
			else if (name === undefined) sink.fault(line, "expected a section such as ': family' before the first analogy, got none. Add one.");
			else if (words.length !== 4) {
				sink.fault(
					line,
					`expected four words, or a colon and the name of a section, got ${words.length}. Correct the line, or skip bad ones.`,
				);
			} else sink.add({ name, analogy: words as unknown as Analogy }, line);
		};
		return new LineSplitter({ record: take, fault: sink.fault }, options);
	});
	const sections = new Map<string, Analogy[]>();
	for (const { name, analogy } of await collect(docs)) {
		const own = sections.get(name) ?? [];
		if (analogy) own.push(analogy);
		sections.set(name, own);
	}
	return [...sections].map(([name, analogies]) => ({ name, analogies }));
}
