// Folders that are no decoders.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDecoder } from 'textloom/decode';
import { emit, input, ops, writeOnnx } from 'textloom/graph';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';

const { folder } = temporary();
const x = input('input_ids', 'float32', ['batch', 2]);
const plain = writeOnnx(emit({ inputs: { input_ids: x }, outputs: { logits: ops.relu(x) } }));

function made(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
	const path = join(folder, name);
	mkdirSync(join(path, 'onnx'), { recursive: true });
	for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
	return path;
}

describe('openDecoder', () => {
	it.each<[string, Readonly<Record<string, string | Uint8Array>>, string]>([
		[
			'nothing',
			{},
			'an encoder_model.onnx beside decoder_model_merged.onnx or decoder_model.onnx and decoder_with_past_model.onnx, or a model.onnx',
		],
		['an encoder alone', { 'onnx/encoder_model.onnx': plain }, 'found neither. Export it with past key values.'],
		['no caches', { 'onnx/model.onnx': plain }, 'model.onnx, got none. Export the model with past key values.'],
		['a configuration that is none', { 'onnx/model.onnx': plain, 'config.json': '{' }, 'expected JSON in'],
		['a model that is none', { 'onnx/model.onnx': 'model' }, 'expected a whole ONNX model'],
	])('refuses a folder with %s', async (name, files, message) => {
		await expect(openDecoder(made(name, files))).rejects.toThrow(message);
	});

	it('refuses what is no name', async () => {
		await expect(openDecoder('')).rejects.toThrow('openDecoder: expected folder to be a text that is not empty');
	});
});
