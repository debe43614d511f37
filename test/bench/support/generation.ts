// Generation for one batch against a peer's, in turn (A B A B …).
import type { Decoder } from 'textloom/decode';
import { generate } from 'textloom/decode';
import { randomUint32 } from 'textloom/stream';
import { median, type Result } from './bench.js';
import { instructionSet } from './instruction-set.js';
import { peerResult } from './peer-step.js';

/** The sizes of `torch_beam.py`. */
export const sizes = { batch: 32, source: 30, steps: 30, beams: 5, vocabulary: 8000, width: 256 } as const;

const [rounds, runs] = [3, 4];

/** Milliseconds for a batch of sources whose hypotheses all run their full length. */
export async function generation(name: string, decoder: Decoder, { peers }: { readonly peers?: string | undefined }): Promise<Result> {
	const { batch, source, steps, beams, vocabulary } = sizes;
	const inputs = Array.from({ length: batch }, (_, row) =>
		Array.from({ length: source }, (_, place) => 4 + (randomUint32(0, row, place) % (vocabulary - 4))),
	);
	// No token ends a sequence.
	const options = { numBeams: beams, maxNewTokens: steps, eosTokenId: [] };
	const [ours, theirs]: [number[], number[]] = [[], []];
	let peer = '';
	for (let round = 0; round < rounds; round++) {
		for (let run = 0; run <= runs; run++) {
			const start = performance.now();
			await generate(decoder, inputs, options);
			if (run > 0) ours.push(performance.now() - start);
		}
		if (peers === undefined) continue;
		const { ms, peer: by } = await peerResult(peers, ['torch_beam.py', name]);
		peer = by as string;
		theirs.push(ms as number);
	}
	await decoder.close();
	const [own, other] = [median(ours), median(theirs)];
	return {
		...{ bench: name === 'gru' ? 'beam-gru' : 'beam', ours: own, unit: 'ms/batch', instructions: instructionSet() },
		peers: theirs.length > 0 ? [{ name: peer, value: other, ratio: other / own }] : [],
	} as Result;
}
