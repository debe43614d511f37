// What a folder in the Hugging Face layout says of its decoder.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../../base/index.js';
import type { Marks } from '../decoder.js';

/** What is read of config.json and generation_config.json. */
export interface DecoderConfig {
	readonly marks: Marks;
	/** What the decoder begins with, of a model with an encoder. */
	readonly start?: number;
	readonly maxLength?: number;
}

/** The ONNX files of a decoder. */
export type DecoderFiles =
	| { readonly kind: 'prompt'; readonly decoder: string }
	| { readonly kind: 'merged'; readonly encoder: string; readonly decoder: string }
	| { readonly kind: 'two'; readonly encoder: string; readonly first: string; readonly later: string };

interface Facts {
	readonly eos_token_id?: number | readonly number[];
	readonly pad_token_id?: number;
	readonly decoder_start_token_id?: number;
	readonly max_position_embeddings?: number;
	readonly n_positions?: number;
	readonly bos_token_id?: number;
	readonly is_encoder_decoder?: boolean;
}

async function factsIn(folder: string, name: string): Promise<Facts> {
	const path = join(folder, name);
	if (!existsSync(path)) return {};
	try {
		// What is null says nothing.
		const facts = Object.entries(parseJson(await readFile(path, 'utf8')) as object);
		return Object.fromEntries(facts.filter(([, value]) => value !== null));
	} catch (error) {
		throw new RangeError(`openDecoder: expected JSON in ${path}, got what is none (${(error as Error).message}). Copy the folder again.`);
	}
}

/** Reads what the folder says. */
export async function readDecoderConfig(folder: string): Promise<DecoderConfig> {
	const facts: Facts = { ...(await factsIn(folder, 'config.json')), ...(await factsIn(folder, 'generation_config.json')) };
	const { eos_token_id: end, pad_token_id: padding, decoder_start_token_id: start, bos_token_id: bos } = facts;
	// T5 says n_positions, too, and has no places that could end.
	const maxLength = facts.max_position_embeddings ?? (facts.is_encoder_decoder ? undefined : facts.n_positions);
	const begin = start ?? bos;
	return {
		marks: { ...(end !== undefined && { end }), ...(padding !== undefined && { padding }) },
		...(begin !== undefined && { start: begin }),
		...(maxLength !== undefined && { maxLength }),
	};
}

/** Finds the ONNX files. */
export function findDecoder(folder: string): DecoderFiles {
	const path = (name: string) => [join(folder, 'onnx', name), join(folder, name)].find(existsSync);
	const [encoder, first, later] = ['encoder_model.onnx', 'decoder_model.onnx', 'decoder_with_past_model.onnx'].map(path);
	const [merged, alone] = ['decoder_model_merged.onnx', 'model.onnx'].map(path);
	if (encoder && first && later) return { kind: 'two', encoder, first, later };
	if (encoder && merged) return { kind: 'merged', encoder, decoder: merged };
	if (alone) return { kind: 'prompt', decoder: alone };
	throw new RangeError(
		`openDecoder: expected in ${folder} an encoder_model.onnx beside decoder_model_merged.onnx or decoder_model.onnx and decoder_with_past_model.onnx, or a model.onnx with past_key_values, found neither. Export it with past key values.`,
	);
}
