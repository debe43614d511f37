import { readSafetensors, writeSafetensors } from 'textloom';
import { describe, expect, it } from 'vitest';

const file = {
	tensors: { a: { shape: [2, 2], data: Float32Array.of(1, -0, Number.MIN_VALUE, 4) }, ünï: { shape: [0], data: new Float32Array() } },
	metadata: { note: 'plain text' },
};

describe('safetensors', () => {
	it('reads what it wrote, wherever the bytes lie', () => {
		const bytes = writeSafetensors(file);
		const inside = new Uint8Array(bytes.length + 3);
		inside.set(bytes, 3);
		for (const given of [bytes, inside.subarray(3), Buffer.from(bytes)]) {
			const read = readSafetensors(given);
			expect({ ...read.tensors }).toEqual(file.tensors);
			expect(read.metadata).toEqual(file.metadata);
		}
	});

	it('writes the header that the format asks for: a length of 8 bytes, JSON, numbers from a multiple of 8 on', () => {
		const bytes = writeSafetensors(file);
		const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
		expect(length % 8).toBe(0);
		expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
			__metadata__: { note: 'plain text' },
			a: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
			ünï: { dtype: 'F32', shape: [0], data_offsets: [16, 16] },
		});
		expect(bytes.length).toBe(8 + length + 16);
	});

	it('refuses every beginning of a file, and one whose header claims more', () => {
		const bytes = writeSafetensors(file);
		for (let end = 0; end < bytes.length; end++) expect(() => readSafetensors(bytes.subarray(0, end))).toThrow(RangeError);
		const claim = (entry: object) => {
			const json = new TextEncoder().encode(JSON.stringify({ a: entry }));
			const whole = new Uint8Array(8 + json.length + 4);
			new DataView(whole.buffer).setBigUint64(0, BigInt(json.length), true);
			whole.set(json, 8);
			return whole;
		};
		for (const entry of [
			{ dtype: 'F16', shape: [2], data_offsets: [0, 4] },
			{ dtype: 'F32', shape: [2], data_offsets: [0, 8] },
			{ dtype: 'F32', shape: [2], data_offsets: [0, 4] },
			{ dtype: 'F32', shape: [1], data_offsets: [-4, 0] },
			{ dtype: 'F32', shape: [1] },
		]) {
			expect(() => readSafetensors(claim(entry))).toThrow(/readSafetensors: expected a whole safetensors file/);
		}
	});
});
