// textloom train: from documents to a saved model.
import { defineCommand } from '../command.js';
import { haveColumns, haveDelimiters } from '../own/format.js';
import { trainFlags, trainParameters } from '../train/flags.js';
import { pipelineOf } from '../train/source.js';

/** Whether the source is files; if not, which pipeline. */
const areFiles = (source: readonly string[]) => {
	const pipeline = pipelineOf(source);
	return pipeline === undefined || `the pipeline ${pipeline}`;
};
/** What `look` says of files. */
const filesThat = (source: readonly string[], look: () => Promise<true | string>) => {
	const files = areFiles(source);
	return files === true ? look() : files;
};

export default defineCommand({
	parameters: trainParameters,
	flags: trainFlags,
	facts: {
		'files of your own': ({ parameters: { source } }) => areFiles(source),
		'files with columns': ({ parameters: { source }, flags: { format } }) => filesThat(source, () => haveColumns(source, format)),
		'CSV files': ({ parameters: { source }, flags: { format } }) => filesThat(source, () => haveDelimiters(source, format)),
		'--schedule': ({ flags: { schedule } }) => schedule !== undefined || 'none',
		'a pipeline': ({ parameters: { source } }) => pipelineOf(source) !== undefined || source.join(' '),
	},
	example: ['textloom train ag-news --sample --epochs 1'],
	run: async (parameters, flags, { words }) => (await import('../train/run.js')).runTrain(parameters, flags, ['train', ...words]),
});
