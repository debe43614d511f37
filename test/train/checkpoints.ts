// What a checkpoint holds, as a program in another language would read it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors, type Tensor } from 'textloom/graph';

/** All tensors of a run's checkpoint by their names in the file. */
export function checkpointTensors(folder: string): Record<string, Tensor> {
	return { ...readSafetensors(new Uint8Array(readFileSync(join(folder, 'checkpoint/last.safetensors')))).tensors };
}

/** The weights in it: what is neither a slot of the optimizer nor one of the best weights nor carried. */
export function checkpointWeights(folder: string): Record<string, Tensor> {
	const others = /^(optimizer|best|carried)\./;
	return Object.fromEntries(Object.entries(checkpointTensors(folder)).filter(([name]) => !others.test(name)));
}
