// A model folder with some of the ONNX files of another.
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from '../temporary.js';

const { folder } = temporary();
let count = 0;

/** A folder with the configuration of `from` and these of its ONNX files. */
export function linked(from: string, names: readonly string[]): string {
	const to = join(folder, `linked-${count++}`);
	mkdirSync(join(to, 'onnx'), { recursive: true });
	for (const name of ['config.json', 'generation_config.json']) copyFileSync(join(from, name), join(to, name));
	for (const name of names) symlinkSync(join(from, 'onnx', name), join(to, 'onnx', name));
	return to;
}
