// textloom finetune: a pretrained encoder and labelled documents to a saved model.
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { folder, many, path } from '../flags/kinds.js';
import { haveColumns, haveDelimiters } from '../own/format.js';
import { model, optimizer, own, run } from '../train/flags.js';
import { pipelineOf } from '../train/source.js';
import { UsageError } from '../usage-error.js';

const { test } = own;
const { problem, weights, smoothing, set } = model;
/** What is tuned is given as an argument, and tables are those of the graph. */
const { tables: _, ...training } = groups.training;

const source = group('Your own documents', {
	data: {
		kind: many(path),
		value: 'FILE',
		help: 'your own labelled files, patterns or a folder with a folder for each label; or a pipeline, whose corpus and task are taken',
	},
});

/** Whether the documents are files; if not, what they are. */
const filesIn = ({ data }: { readonly data: readonly string[] }) => {
	const pipeline = data.length > 0 && pipelineOf(data);
	return data.length === 0 ? 'none' : pipeline ? `the pipeline ${pipeline}` : true;
};

export default defineCommand({
	parameters: {
		model: {
			kind: folder,
			value: 'MODEL',
			help: 'the folder of a pretrained encoder in the layout of Hugging Face: config.json, tokenizer.json, onnx/model.onnx',
		},
	},
	flags: {
		...source,
		...needing('--data with files', groups.labelledFormat),
		...needing('--data with columns', groups.columns),
		...needing('--data of CSV files', groups.delimiter),
		...needing('--data with files', { test }),
		...{ problem, weights, smoothing, set },
		...training,
		...optimizer,
		...run,
		...groups.json,
		...groups.threads,
		...groups.replicas,
		...groups.device,
		...groups.settings,
	},
	facts: {
		'--data with files': ({ flags }) => filesIn(flags),
		'--data with columns': ({ flags }) => (filesIn(flags) === true ? haveColumns(flags.data, flags.format) : filesIn(flags)),
		'--data of CSV files': ({ flags }) => (filesIn(flags) === true ? haveDelimiters(flags.data, flags.format) : filesIn(flags)),
		'--schedule': ({ flags: { schedule } }) => schedule !== undefined || 'none',
	},
	example: [
		'textloom pretrain ag-news --sample --size 1000 --layers 1 --width 32 --epochs 2 --out runs/bert',
		'textloom finetune runs/bert --data ag-news --epochs 1',
	],
	run: async ({ model }, { data, ...flags }, { words }) => {
		if (data.length === 0)
			throw new UsageError('expected labelled documents by --data, got none. Name a file, such as --data reviews.csv.');
		const rest = {
			recipe: undefined,
			model: undefined,
			vectors: undefined,
			data: undefined,
			sample: false,
			tables: 'host',
			like: undefined,
		} as const;
		return (await import('../train/run.js')).runTrain({ source: data }, { ...flags, ...rest, pretrained: model }, ['finetune', ...words]);
	},
});
