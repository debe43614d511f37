// Every command: what its example prints, and flags that would have no effect. A command without a row does not compile.
import type { CommandName } from '../../dist/src/cli/commands/index.js';

/** What is tested of a command. */
export interface CommandTests {
	/** What the example of `--help` prints last, in an empty folder. */
	readonly prints: RegExp;
	/** Command lines of flags without effect, and what is said of them. They name a model folder `model` and a file `good.csv`. */
	readonly useless: readonly (readonly [words: string, message: string])[];
}

export const commandTests: Readonly<Record<CommandName, CommandTests>> = {
	train: {
		prints: /Saved in runs\/ag-news after [\s\S]* {2}npx textloom predict runs\/ag-news --text .*\n$/,
		useless: [
			['good.csv --sample', 'expected --sample with a pipeline, got good.csv.'],
			['good.csv --data d', 'expected --data with a pipeline, got good.csv.'],
			['ag-news --text x', 'expected --text with files with columns, got the pipeline ag-news.'],
			['ag-news --label x', 'expected --label with files with columns, got the pipeline ag-news.'],
			['ag-news --recipe imdb', 'expected --recipe with files of your own, got the pipeline ag-news.'],
			['ag-news --test x', 'expected --test with files of your own, got the pipeline ag-news.'],
			['ag-news --encoding latin1', 'expected --encoding with files of your own, got the pipeline ag-news.'],
			['ag-news --format csv', 'expected --format with files of your own, got the pipeline ag-news.'],
			['ag-news --delimiter ;', 'expected --delimiter with CSV files, got the pipeline ag-news.'],
			['topics --text x', 'expected --text with files with columns, got a folder of texts.'],
			['- --format jsonl --delimiter ;', 'expected --delimiter with CSV files, got JSON Lines.'],
			['ag-news --data d --sample', 'expected --data or --sample, got both.'],
			['ag-news --resume --overwrite', 'expected --resume or --overwrite, got both.'],
			['ag-news --no-sample', 'expected --no-sample against a setting, got none that has it.'],
		],
	},
	finetune: {
		prints: /Saved in runs\/ag-news after [\s\S]* {2}npx textloom predict runs\/ag-news --text .*\n$/,
		useless: [
			['model --data ag-news --text x', 'expected --text with --data with columns, got the pipeline ag-news.'],
			['model --data ag-news --format csv', 'expected --format with --data with files, got the pipeline ag-news.'],
			['model --data ag-news --test x', 'expected --test with --data with files, got the pipeline ag-news.'],
			['model --data ag-news --delimiter ;', 'expected --delimiter with --data of CSV files, got the pipeline ag-news.'],
			['model --data topics --label x', 'expected --label with --data with columns, got a folder of texts.'],
			['model --text x', 'expected --text with --data with columns, got none.'],
			['model', 'expected labelled documents by --data, got none. Name a file, such as --data reviews.csv.'],
			['model --data good.csv --schedule-set least=1', 'expected --schedule-set with --schedule, got none.'],
			['model --data good.csv --resume --overwrite', 'expected --resume or --overwrite, got both.'],
		],
	},
	pretrain: {
		prints: /Saved in runs\/pretrained after [\d.]+ s. Try:\n {2}npx textloom finetune runs\/pretrained --data FILE\n$/,
		useless: [
			['ag-news --column x', 'expected --column with a FILE with columns, got none.'],
			['notes.txt --column x', 'expected --column with a FILE with columns, got lines of text.'],
			['notes.txt --delimiter ;', 'expected --delimiter with a CSV FILE, got lines of text.'],
			['good.csv --sample', 'expected --sample with a PIPELINE, got good.csv.'],
			['good.csv --data d', 'expected --data with a PIPELINE, got good.csv.'],
			['ag-news --resume --overwrite', 'expected --resume or --overwrite, got both.'],
		],
	},
	evaluate: {
		prints: /Accuracy [\d.]+%, macro F1 [\d.]+, loss [\d.]+, ECE [\d.]+: 120 documents in .*\n$/,
		useless: [
			['model --text x', 'expected --text with a FILE with columns, got none.'],
			['model --label x', 'expected --label with a FILE with columns, got none.'],
			['model --format csv', 'expected --format with FILE, got none.'],
			['model --delimiter ;', 'expected --delimiter with a CSV FILE, got none.'],
			['model good.csv --data d', "expected --data with the run's corpus, got good.csv."],
			['model good.csv --sample', "expected --sample with the run's corpus, got good.csv."],
			['model topics --label x', 'expected --label with a FILE with columns, got a folder of texts.'],
			['model --vote hard', 'expected --vote with several RUNs, got one.'],
			['model good.csv --vote soft', 'expected --vote with several RUNs, got one.'],
			['model --seed 3', 'expected --seed with --samples, got none.'],
			['model --threshold 1.2', 'expected a share from 0 to 1 for --threshold, got "1.2".'],
			['model --data d --sample', 'expected --data or --sample, got both.'],
		],
	},
	predict: {
		prints: /^\{"text":"Oil prices rise again","label":"[\w/]+","score":0\.\d+\}\n$/m,
		useless: [
			['model good.csv --json', 'expected a flag that the command has, got --json.'],
			['model good.csv --label x', 'expected a flag that the command has, got --label.'],
			['model - --column x', 'expected --column with a FILE with columns, got lines of text.'],
			['model - --text x', 'expected --text with no FILE, got -.'],
			['model - --keep id', 'expected --keep with a FILE with columns, got lines of text.'],
			['model good.csv --as csv --out p.csv', 'expected --as or --out, got both.'],
			['model --format csv --text x', 'expected --format with a FILE, got none.'],
			['model notes.txt --delimiter ;', 'expected --delimiter with a CSV FILE, got lines of text.'],
			['model - --format json --delimiter ;', 'expected --delimiter with a CSV FILE, got a JSON array.'],
		],
	},
	generate: {
		prints: /^\{"text":"zwei Hunde","translation":"[^"]*","score":-?[\d.]+\}\n$/m,
		useless: [
			['model good.csv --label x', 'expected a flag that the command has, got --label.'],
			['model - --column x', 'expected --column with a FILE with columns, got lines of text.'],
			['model - --text x', 'expected --text with no FILE, got -.'],
			['model - --keep id', 'expected --keep with a FILE with columns, got lines of text.'],
			['model --format csv --text x', 'expected --format with a FILE, got none.'],
			['model notes.txt --delimiter ;', 'expected --delimiter with a CSV FILE, got lines of text.'],
			['model --text x --temperature 2', 'expected --temperature with --draw, got none.'],
			['model --text x --top-k 5', 'expected --top-k with --draw, got none.'],
			['model good.csv --as lines --out p.txt', 'expected --as or --out, got both.'],
		],
	},
	explain: {
		prints: /^[\w/]+ \d+\.\d% \(gradient\)\nOil prices rise again\n {2}\w+ [+−][\d.e-]+ {2}/m,
		useless: [
			['model good.csv --text x', 'expected --text with no FILE, got good.csv.'],
			['model - --column x', 'expected --column with a FILE with columns, got lines of text.'],
			['model --format csv --text x', 'expected --format with a FILE, got none.'],
			['model notes.txt --delimiter ;', 'expected --delimiter with a CSV FILE, got lines of text.'],
			['model --text x --span 2', 'expected --span with --method occlusion, got gradient.'],
			['model --text x --method attention --label y', 'expected --label with a method of a label, got --method attention.'],
		],
	},
	report: {
		prints: /^runs\/ag-news\/report\.html\n$/m,
		useless: [
			['model --data d --sample', 'expected --data or --sample, got both.'],
			['model --json', 'expected a flag that the command has, got --json.'],
		],
	},
	models: {
		prints: /^word-cnn +reads words, says what each document is: .* kernels=3,4,5 /,
		useless: [['--sample', 'expected a flag that the command has, got --sample.']],
	},
	corpora: {
		prints: /^ag-news .*: sample\n[\s\S]*\nimdb .*: sample\n/,
		useless: [
			['list --mirror https://a=https://b', 'expected --mirror with get, got list.'],
			['get ptb --out x', 'expected --out with list, got get.'],
		],
	},
	vocab: {
		prints: /^4 different words of 5 in 1 text\n {2}1 {2}2 {2}40\.0% {2}the\n/,
		useless: [
			['good.csv --svg x.svg', 'expected --svg with --zipf, got none.'],
			['good.csv --ngrams 1,2 --out x', 'expected --out with --ngrams of one length, got 1,2.'],
			['- --column x', 'expected --column with a FILE with columns, got lines of text.'],
			['notes.txt --delimiter ;', 'expected --delimiter with a CSV FILE, got lines of text.'],
			['good.csv --label x', 'expected a flag that the command has, got --label.'],
		],
	},
	keywords: {
		prints: /^old harbour wall fell, harbour wall begin\n$/,
		useless: [
			['notes.txt --evaluate', 'expected --evaluate with a FILE with columns, got lines of text.'],
			['good.csv --evaluate --top 3', 'expected --top with no --evaluate, got --evaluate.'],
			['good.csv --idf idf.txt', 'expected --idf with --method tfidf, got yake.'],
			['- --column x', 'expected --column with a FILE with columns, got lines of text.'],
			['notes.txt --delimiter ;', 'expected --delimiter with a CSV FILE, got lines of text.'],
		],
	},
	summarize: {
		prints: /harbour wall/,
		useless: [
			['- --column x', 'expected --column with a FILE with columns, got lines of text.'],
			['notes.txt --delimiter ;', 'expected --delimiter with a CSV FILE, got lines of text.'],
			['good.csv --top 3', 'expected a flag that the command has, got --top.'],
		],
	},
	segment: {
		prints: /^我 来到 北京 清华大学\n$/m,
		useless: [
			['- --column x', 'expected --column with a FILE with columns, got lines of text.'],
			['notes.txt --delimiter ;', 'expected --delimiter with a CSV FILE, got lines of text.'],
			['good.csv --top 3', 'expected a flag that the command has, got --top.'],
		],
	},
	pinyin: {
		prints: /^chóng qìng de yín háng hěn zhòng yào\n$/m,
		useless: [
			['- --column x', 'expected --column with a FILE with columns, got lines of text.'],
			['notes.txt --delimiter ;', 'expected --delimiter with a CSV FILE, got lines of text.'],
			['good.csv --mode full', 'expected a flag that the command has, got --mode.'],
		],
	},
	vectors: {
		prints: /^0\.9648 {2}queen\n$/,
		useless: [
			['analogy w.txt a b c --negative d', 'expected --negative with similar, got analogy.'],
			['plot w.txt --out p.svg --top 3', 'expected --top with similar or analogy, got plot.'],
			['similar w.txt a --size 50', 'expected --size with train, got similar.'],
			['train w.txt --out v.txt --limit 50', 'expected --limit with vectors in FILE, got train.'],
			['train w.txt --out v.txt --tree --negatives 3', 'expected --negatives with train without --tree, got --tree.'],
			['train w.txt --out v.txt --column a', 'expected --column with train on a FILE with columns, got lines of text.'],
			['train w.jsonl --out v.txt --delimiter ;', 'expected --delimiter with train on a CSV FILE, got JSON Lines.'],
			['similar w.txt a --pairs p.txt', 'expected --pairs with evaluate, got similar.'],
			['evaluate w.txt --pairs p.txt --out p.svg', 'expected --out with train or plot, got evaluate.'],
			['plot w.txt --out p.svg --method pca --perplexity 5', 'expected --perplexity with plot by t-SNE, got --method pca.'],
			['similar w.txt a --seed 5', 'expected --seed with train or plot by t-SNE, got similar.'],
		],
	},
	info: { prints: /^textloom \d[\s\S]*Data sets:/, useless: [['--sample', 'expected a flag that the command has, got --sample.']] },
	completion: { prints: /^$/, useless: [['bash --json', 'expected a flag that the command has, got --json.']] },
};
