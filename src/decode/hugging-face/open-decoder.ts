// A decoder out of a folder in the Hugging Face layout, as Optimum and transformers.js have them: an encoder and a decoder, or a decoder alone. Its caches
// stay in the thread of its sessions; each step takes them by rows in the same run.
import { argumentOf, is, optionsOf } from '../../base/index.js';
import {
	createSessionHost,
	type RemoteSession,
	readOnnxFile,
	type SessionHost,
	type SessionOptions,
	writeOnnx,
} from '../../graph/index.js';
import type { Decoder } from '../decoder.js';
import { type DecoderOptions, decoderKinds, replicated } from '../replicas.js';
import { cachesOf, openTaker } from '../steps/caches.js';
import { reordered, withLikeliest } from '../steps/reordered.js';
import { goOnWithPrompts } from './prompts.js';
import { type DecoderFiles, findDecoder, readDecoderConfig } from './read-folder.js';
import { goOnFromSources, hiddenStates } from './sources.js';

/**
 * Opens the decoder of a folder in the Hugging Face layout: `onnx/encoder_model.onnx` with `decoder_model.onnx` and `decoder_with_past_model.onnx`, or
 * with `decoder_model_merged.onnx`; or one `model.onnx` with past keys and values. What sequences begin and end with is in its config.json and
 * generation_config.json.
 *
 * @throws {RangeError} for a folder without them, and for models without past keys and values.
 */
export async function openDecoder(folder: string, options: DecoderOptions = {}): Promise<Decoder> {
	argumentOf('openDecoder', 'folder', folder, is.name);
	return replicated((session) => openOne(folder, session), optionsOf('openDecoder', options, decoderKinds));
}

async function openOne(folder: string, options: SessionOptions): Promise<Decoder> {
	const [files, config] = [findDecoder(folder), await readDecoderConfig(folder)];
	const host = createSessionHost();
	try {
		const { marks, maxLength, start } = config;
		const ends = [marks.end ?? []].flat() as number[];
		const padding = marks.padding ?? ends[0] ?? 0;
		const facts = { marks, ...(maxLength !== undefined && { maxLength, maxInput: maxLength }), close: () => host.release() };
		const open = (path: string) => host.open(path, options);
		const later = await openLater(host, files, options);
		if (files.kind === 'prompt') return { ...facts, reads: 'prompt', begin: goOnWithPrompts({ ...later, host, padding }) };
		if (start === undefined)
			throw new RangeError(`openDecoder: expected decoder_start_token_id in the config.json of ${folder}, got none. Add it.`);
		const [encoder, first] = [await open(files.encoder), files.kind === 'two' ? await open(files.first) : later.session];
		const kept = later.caches.filter(({ ofSource }) => ofSource).map(({ past, shape }) => ({ name: past, rank: shape.length }));
		const ofSource = later.session.inputs.includes(hiddenStates) ? [...kept, { name: hiddenStates, rank: 3 }] : kept;
		const taker = await openTaker(host, ofSource);
		const parts = { host, encoder, first, later: later.session, caches: later.caches, taker, ofSource, start, padding };
		return { ...facts, reads: 'source', begin: goOnFromSources(parts) };
	} catch (error) {
		await host.release();
		throw error;
	}
}

/** The session of later steps, which takes its caches by rows. */
async function openLater(host: SessionHost, files: DecoderFiles, options: SessionOptions) {
	const path = files.kind === 'two' ? files.later : files.decoder;
	const model = await readOnnxFile(path);
	const caches = cachesOf(model);
	if (caches.length === 0)
		throw new RangeError(`openDecoder: expected inputs past_key_values in ${path}, got none. Export the model with past key values.`);
	if (!model.graph.outputs.some(({ name }) => name === 'logits'))
		throw new RangeError(
			`openDecoder: expected an output logits in ${path}, got ${model.graph.outputs.map(({ name }) => name).join(', ')}. Export a model with a language head.`,
		);
	const own = caches.filter(({ ofSource }) => !ofSource).map(({ past }) => past);
	const session: RemoteSession = await host.open(writeOnnx(withLikeliest(reordered(model, own))), options);
	return { caches, session };
}
