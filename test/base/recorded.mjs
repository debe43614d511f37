// Preloaded (`node --import`): prints the calls of the file system that make files whole and durable, in their order, at the end.
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

const calls = [];
/** Names that differ from run to run. */
const plain = (path) => basename(String(path)).replace(/^\.textloom-[\da-f-]{36}/, 'aside');
const { open, rename } = promises;
promises.open = async (path, ...rest) => {
	const handle = await open(path, ...rest);
	const sync = handle.sync.bind(handle);
	handle.sync = () => {
		calls.push(`sync ${plain(path)}`);
		return sync();
	};
	return handle;
};
promises.rename = (from, to) => {
	calls.push(`rename ${plain(from)} to ${plain(to)}`);
	return rename(from, to);
};
syncBuiltinESMExports();
process.on('exit', () => console.log(calls.join('\n')));
