import { spawn, spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readText } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { temporary } from '../../temporary.js';

const { file } = temporary();

async function whole(path: string, counts?: { replaced: number }): Promise<string> {
	let text = '';
	for await (const block of readText(path, counts ? { counts } : {})) text += block;
	return text;
}

describe('readText', () => {
	it('never cuts a character at the border of two blocks', async () => {
		for (const character of ['é', '語', '𝒳']) {
			for (let shift = 0; shift < 4; shift++) {
				const text = 'x'.repeat(shift) + character.repeat(150_000);
				expect((await whole(file('border', text))) === text).toBe(true);
			}
		}
	});

	it('replaces what a TextDecoder replaces, and counts it', async () => {
		const piece = fc.oneof(
			fc.uint8Array({ maxLength: 6 }),
			fc.constantFrom('a', 'é', '語', '𝒳', '\ufffd').map((text) => new TextEncoder().encode(text)),
		);
		const bytes = fc.array(piece, { maxLength: 8 }).map((pieces) => Buffer.concat([Buffer.from('  '), ...pieces]));
		await fc.assert(
			fc.asyncProperty(bytes, fc.constantFrom(0, (1 << 18) - 5), async (bytes, before) => {
				const all = Buffer.concat([Buffer.alloc(before, 'x'), bytes]);
				const counts = { replaced: 0 };
				const text = await whole(file('bytes', all), counts);
				expect(text === new TextDecoder().decode(all)).toBe(true);
				const all16 = text.match(/\ufffd/g)?.length ?? 0;
				const own = bytes.toString('latin1').match(/\xef\xbf\xbd/g)?.length ?? 0;
				expect(counts.replaced).toBe(all16 - own);
			}),
			{ numRuns: 200 },
		);
	});

	it('names the line of the first bytes that are not UTF-8, in a later block too', async () => {
		const path = file('later', Buffer.concat([Buffer.from('é\n'.repeat(200_000)), Buffer.from([97, 10, 98, 0xe9, 10, 0xe9, 10])]));
		const reading = async () => {
			for await (const _ of readText(path, { invalidUtf8: 'throw' }));
		};
		await expect(reading()).rejects.toThrow(`${path}:200002: expected UTF-8`);
	});

	const script = (body: string) => [
		'--input-type=module',
		'-e',
		`import { collect, lines } from 'textloom';
import { readText } from 'textloom/stream'; ${body}`,
	];

	it('reads stdin, plain and gzip, once', () => {
		const args = script(`const docs = lines('-'); console.log(JSON.stringify(await collect(docs)));
			await collect(docs).catch((error) => console.log(error.name, error.message));`);
		for (const input of ['\ufeffa\nb é\n', gzipSync('a\nb é\n')]) {
			const { stdout, stderr } = spawnSync(process.execPath, args, { input });
			expect(String(stderr)).toBe('');
			expect(String(stdout)).toMatch(/^\[{"text":"a"},{"text":"b é"}\]\nDataError expected stdin to hold text, got one that has been read/);
		}
	});

	it.each([
		['plain', Buffer.from('a\nb\n')],
		['gzip', gzipSync('x'.repeat(100)).subarray(0, 15)],
	])('stops waiting for stdin (%s) when it is told to', async (_, input) => {
		// Told to when it has the bytes and waits for more.
		const args = script(`const control = new AbortController();
			const look = setInterval(() => { if (process.stdin.bytesRead < ${input.length}) return; clearInterval(look); setImmediate(() => control.abort(new Error('enough'))); }, 1);
			try { for await (const block of readText('-', { signal: control.signal })) console.log(JSON.stringify(block)); }
			catch (error) { console.log(error.message); }`);
		const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
		child.stdin.write(input);
		let out = '';
		for await (const chunk of child.stdout) out += chunk;
		child.stdin.destroy();
		expect(out).toMatch(/enough\n$/);
	});

	it('lets go of stdin that goes on when the iteration ends early', async () => {
		const args = script(`for await (const block of readText('-')) { console.log(block.length); break; }`);
		for (const input of ['abc', gzipSync('x'.repeat(300_000)).subarray(0, -8)]) {
			const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
			child.stdin.on('error', () => {});
			child.stdin.write(input);
			const code = await new Promise((resolve) => child.on('exit', resolve));
			child.stdin.destroy();
			expect(code).toBe(0);
		}
	});
});
