// textloom generate: what a model of translation makes of texts.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, flag, folder, many, number, path, positive, share, text, whole } from '../flags/kinds.js';
import { factsOfTexts } from '../own/facts.js';
import { outputs } from '../predict/forms.js';

const { out } = groups.out;
const output = group('Output', {
	out: { ...out, help: 'write there as the name ends, .txt, .jsonl, .json, .csv or .tsv', otherwise: 'to stdout' },
	as: { kind: choice(...outputs, 'lines'), help: 'what stdout has; lines are the translations alone', default: 'jsonl', not: 'out' },
});
const given = group('Your own documents', { text: { kind: many(text), value: 'TEXT', help: 'a text itself' } });
const kept = group('Your own documents', {
	keep: { kind: many(text), value: 'COLUMN', help: 'a column or field that goes along; again for more', otherwise: 'all' },
});
const generation = group('Translations', {
	...groups.beams,
	alternatives: { kind: whole(1), value: 'N', help: 'the N next best, too', otherwise: 'none' },
	maxTokens: { kind: whole(1), value: 'N', help: 'the most tokens of a translation', otherwise: 'as the run was trained, else 128' },
	minTokens: { kind: whole(0), value: 'N', help: 'the fewest tokens of a translation' },
	coverage: { kind: number, value: 'B', help: 'what a hypothesis loses for parts of the source that it did not look at (Wu et al. 2016)' },
	noRepeat: { kind: whole(1), value: 'N', help: 'no sequence of N tokens comes twice' },
	repetition: { kind: positive, value: 'F', help: 'above 1, tokens that are there already get less likely' },
	attention: { kind: flag, help: 'where the model looked in the source at each token, too' },
});
const draw = group('Drawing', { draw: { kind: flag, help: 'draw tokens by their probabilities' } });
const drawing = group('Drawing', {
	temperature: { kind: positive, value: 'T', help: 'below 1, likely tokens get likelier' },
	topK: { kind: whole(1), value: 'K', help: 'among the K likeliest alone' },
	topP: { kind: share, value: 'P', help: 'among the likeliest whose probabilities come to P alone' },
	minP: { kind: share, value: 'P', help: 'among those at least P times as likely as the likeliest alone' },
	seed: { kind: whole(0), value: 'N', help: 'what is drawn', otherwise: '0' },
});

export default defineCommand({
	parameters: {
		run: { kind: folder, value: 'RUN', help: 'the folder that train wrote' },
		files: {
			kind: path,
			value: 'FILE',
			help: 'texts: lines of .txt, rows of .csv, .tsv, .jsonl or .json, whose other fields go along; patterns, a folder; - for stdin (lines unless --format says otherwise)',
			takes: 'any',
		},
	},
	flags: {
		...needing('no FILE', given),
		...needing('a FILE', groups.format),
		...needing('a FILE with columns', { ...groups.textColumn, ...kept }),
		...needing('a CSV FILE', groups.delimiter),
		...generation,
		...draw,
		...needing('--draw', drawing),
		...output,
		...groups.threads,
		...groups.sessions,
		...groups.settings,
	},
	facts: {
		...factsOfTexts(({ files }: { readonly files: readonly string[] }) => files),
		'--draw': ({ flags }) => flags.draw || 'none',
	},
	example: [
		"printf 'de,en\\nein Hund,a dog\\neine Katze,a cat\\nzwei Hunde,two dogs\\n' > pairs.csv",
		'textloom train pairs.csv --test pairs.csv --recipe translate-multi30k-gru --text de --label en',
		'textloom generate runs/pairs --text "zwei Hunde"',
	],
	run: async ({ run, files }, flags) => (await import('../generate/run.js')).runGenerate(run, files, flags),
});
