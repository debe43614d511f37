// Preloaded (`node --import`): ends the process at a call of the file system, as a kill would. KILL_AT says at which, from 0; what it
// did not reach is told by the exit code 0. Of what a file is to hold only half is written then.
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env.KILL_AT ?? Number.POSITIVE_INFINITY);
let calls = 0;
const end = () => process.kill(process.pid, 'SIGKILL');
const counted = (call) =>
	function (...given) {
		// Reading changes nothing.
		if (calls++ === at) end();
		return call.apply(this, given);
	};
const write = promises.writeFile;
for (const name of ['rename', 'mkdir', 'rm', 'rmdir', 'unlink', 'chmod', 'open', 'mkdtemp']) promises[name] = counted(promises[name]);
promises.writeFile = async (file, data, ...rest) => {
	if (calls++ === at) {
		await write(file, data.slice(0, data.length >> 1), ...rest);
		end();
	}
	return write(file, data, ...rest);
};
syncBuiltinESMExports();
