// Compiles each kernel, AssemblyScript in `kernel/assembly/`, to SIMD WebAssembly: base64 in `kernel/binary.ts`. `npm run build` runs it before tsc.
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** No runtime, no memory of its own, and no relaxed SIMD: that one may round differently from machine to machine. */
const flags = ['--runtime', 'stub', '-O3', '--noAssert', '--enable', 'simd', '--importMemory', '--noExportMemory'];
/** Of kernels whose threads work in one memory. Their memory is made by who loads them. */
const sharedFlags = ['--enable', 'threads', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];
/** Which these are: those of `embeddings` that train. */
const isShared = (entry) => /[\\/]embeddings[\\/](?!vectors[\\/])/.test(entry);

const entries = readdirSync(join(root, 'src'), { recursive: true })
	.map((path) => join('src', path))
	.filter((path) => path.endsWith(join('kernel', 'assembly', 'index.ts')));

for (const entry of entries) {
	const sources = readdirSync(join(root, dirname(entry))).map((name) => join(dirname(entry), name));
	const output = join(dirname(entry), '..', 'binary.ts');
	// The lock file stands for the compiler's version.
	const newest = Math.max(...[...sources, 'src/build-kernels.mjs', 'package-lock.json'].map(modified));
	if (modified(output) < newest) writeFileSync(join(root, output), asModule(entry, await compile(entry)));
}

function modified(path) {
	return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function compile(entry) {
	// Loading the compiler takes a second: only where there is work.
	const { default: asc } = await import('assemblyscript/asc');
	let binary;
	const writeFile = (_name, contents) => {
		binary = contents;
	};
	const all = [...flags, ...(isShared(entry) ? sharedFlags : [])];
	const { error, stderr } = await asc.main([entry, '--baseDir', root, '--outFile', 'kernel.wasm', ...all], { writeFile });
	process.stderr.write(stderr.toString());
	if (error || !binary) throw error ?? new Error(`build-kernels: expected a binary of ${entry}, got none. See the lines above.`);
	return binary;
}

function asModule(entry, binary) {
	const source = entry.replaceAll('\\', '/');
	return `// Made of ${source} by src/build-kernels.mjs.\n\n/** WebAssembly in base64. */\nexport const binary: string = '${Buffer.from(binary).toString('base64')}';\n`;
}
