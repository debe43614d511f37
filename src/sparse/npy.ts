// NumPy's format of one array (NEP 1): a header in Python's syntax, then the numbers as they lie in memory.

/** An array of numbers with its shape. */
export interface NpyArray {
	/** As NumPy writes it, such as `<f4` or `|S3`. */
	readonly descr: string;
	readonly shape: readonly number[];
	readonly bytes: Uint8Array;
}

const magic = '\x93NUMPY';
/** The numbers begin at a multiple of this. */
const alignment = 64;

/** The bytes of a file. */
export function encodeNpy({ descr, shape, bytes }: NpyArray): Uint8Array {
	const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
	const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
	const before = magic.length + 4;
	const padded = Math.ceil((before + dict.length + 1) / alignment) * alignment - before;
	const file = new Uint8Array(before + padded + bytes.length);
	file.set(Buffer.from(magic, 'latin1'));
	file.set([1, 0, padded & 255, padded >> 8], magic.length);
	file.set(Buffer.from(`${dict.padEnd(padded - 1)}\n`, 'latin1'), before);
	file.set(bytes, before + padded);
	return file;
}

/** What a file holds; throws where it is damaged, and for arrays of Python objects. */
export function decodeNpy(who: string, file: Uint8Array): NpyArray {
	const fail = (got: string) => new RangeError(`${who}: expected an array in NumPy's format, got ${got}. Save the matrix again.`);
	if (file.length < 12 || Buffer.from(file.subarray(0, 6)).toString('latin1') !== magic) throw fail('bytes that begin otherwise');
	const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
	const before = file[6]! >= 2 ? 12 : 10;
	const length = file[6]! >= 2 ? view.getUint32(8, true) : view.getUint16(8, true);
	const header = Buffer.from(file.subarray(before, before + length)).toString('latin1');
	const [, descr] = /'descr': '([^']*)'/.exec(header) ?? [];
	const [, sizes] = /'shape': \(([^)]*)\)/.exec(header) ?? [];
	if (descr === undefined || sizes === undefined) throw fail(`the header ${JSON.stringify(header.slice(0, 80))}`);
	if (descr.includes('O')) throw fail('Python objects, which may run code');
	const shape = sizes.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
	const width = Number(/\d+$/.exec(descr)?.[0] ?? Number.NaN) * (descr.includes('U') ? 4 : 1);
	const bytes = file.subarray(before + length);
	if (bytes.length !== shape.reduce((product, size) => product * size, width))
		throw fail(`${bytes.length} bytes for ${descr} of ${shape.join(' × ') || 'one'}`);
	return { descr, shape, bytes };
}
