// The tables of jieba's hidden Markov models, read out of a packed file beside the sources.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Numbers of a packed file in their order: whole ones of 7 bits a byte, doubles of 8 bytes, texts with their length before them. */
export interface Packed {
	whole(): number;
	double(): number;
	text(): string;
}

/** Opens `src/chinese/data/NAME.gz`, which `make.py` beside it wrote. */
export function readTables(name: string): Packed {
	const bytes = gunzipSync(readFileSync(new URL(`../../../../src/chinese/data/${name}.gz`, import.meta.url)));
	let at = 0;
	const whole = () => {
		let value = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = bytes[at++]!;
			value |= (byte & 127) << shift;
			if (byte < 128) return value;
		}
	};
	return {
		whole,
		double() {
			at += 8;
			return bytes.readDoubleLE(at - 8);
		},
		text() {
			const length = whole();
			at += length;
			return bytes.toString('utf8', at - length, at);
		},
	};
}
