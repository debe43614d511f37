// Numbers of float32 as text, digit by digit: the fewest digits that are read back as the same number.

const powers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const [minus, point, zero] = [0x2d, 0x2e, 0x30];

/** Bytes that a number takes at most. */
export const longestNumber = 24;

/** Writes a number of float32 at a place of the bytes, which have room for it; returns where it ends. */
export function writeNumber(value: number, bytes: Buffer, at: number): number {
	const size = Math.abs(value);
	if (value < 0 || Object.is(value, -0)) bytes[at++] = minus;
	if (size === 0) {
		bytes[at] = zero;
		return at + 1;
	}
	if (size < 1e-4 || size >= 1e6) return at + bytes.write(shortest(size), at, 'latin1');
	// How many digits stand before the point; 0 or less for a number below 0.1.
	let before = 1;
	for (; size >= powers[before]!; before++);
	for (let scaled = size; before <= 1 && scaled < 1; before--) scaled *= 10;
	let whole = 0;
	let decimals = 0;
	for (let digits = 7; digits <= 9; digits++) {
		decimals = digits - before;
		whole = Math.round(size * powers[decimals]!);
		if (Math.fround(whole / powers[decimals]!) === size) break;
	}
	for (; decimals > 0 && whole % 10 === 0; decimals--) whole /= 10;
	return writeDecimal(whole, decimals, bytes, at);
}

/** whole / 10 ^ decimals */
function writeDecimal(whole: number, decimals: number, bytes: Buffer, at: number): number {
	let length = decimals + 1;
	while (whole >= powers[length]!) length++;
	const end = at + length + (decimals > 0 ? 1 : 0);
	let place = end - 1;
	let rest = whole;
	for (let i = 0; i < length; i++) {
		if (i === decimals && decimals > 0) bytes[place--] = point;
		const next = Math.floor(rest / 10);
		bytes[place--] = zero + (rest - next * 10);
		rest = next;
	}
	return end;
}

function shortest(size: number): string {
	for (let digits = 1; digits < 9; digits++) {
		const text = size.toPrecision(digits);
		if (Math.fround(Number(text)) === size) return String(Number(text));
	}
	return String(Number(size.toPrecision(9)));
}
