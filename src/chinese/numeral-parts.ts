// The characters of Chinese numerals, and the value of a whole number written in them.

const table = (rows: string, values: readonly number[]) =>
	new Map(rows.split(' ').flatMap((row, i) => Array.from(row, (character): [string, number] => [character, values[i]!])));

/** Digits by value: the usual form, that of cheques (大写), traditional and rare ones. */
export const digits: ReadonlyMap<string, number> = table(
	'零〇○ 一壹弌 二贰貳弍 三叁參叄弎 四肆 五伍 六陆陸 七柒 八捌 九玖',
	[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
);
/** Two of something: before 百 and larger units, or alone. */
export const pairs: ReadonlySet<string> = new Set('两兩');
/** Units within a group of four digits. */
export const units: ReadonlyMap<string, number> = table('十拾 百佰 千仟', [10, 100, 1000]);
/** Units of groups. 兆 is left out: it is 10⁶ or 10¹². */
export const groups: ReadonlyMap<string, number> = table('万萬 亿億', [1e4, 1e8]);
/** 廿三 is 23. */
export const tens: ReadonlyMap<string, number> = table('廿 卅 卌', [20, 30, 40]);

/** The digits that characters stand for place by place (二〇二四), or undefined. */
export function positional(text: string): string | undefined {
	let out = '';
	for (const character of text) {
		const value = digits.get(character);
		if (value === undefined) return undefined;
		out += value;
	}
	return out === '' ? undefined : out;
}

/**
 * The value below 10,000 of digits and the units 十百千, or NaN. `after` is the unit that stands before it, 0 for none; `inner` says that one stands behind it.
 * `short` says that a last digit may be one of the next smaller unit: 二百五 is 250, 三万五 is 35,000.
 */
function group(text: string, after: number, short: boolean, inner: boolean): number {
	let sum = 0;
	let unit = after === 0 ? 10_000 : after;
	let begun = after > 0;
	let digit = 0;
	let zero = false;
	for (let place = 0; place < text.length; place++) {
		const character = text[place]!;
		const size = units.get(character) ?? (tens.has(character) ? 10 : undefined);
		if (size !== undefined) {
			const whole = tens.get(character);
			// 十五 and 廿五 need no digit before the unit; nor may 廿 have one.
			if (size >= unit || (digit === 0 ? size > 10 : whole !== undefined)) return Number.NaN;
			sum += whole ?? (digit || 1) * size;
			[unit, digit, zero, begun] = [size, 0, false, true];
			continue;
		}
		const two = pairs.has(character);
		if (
			two &&
			!((units.get(text[place + 1]!) ?? 0) >= 100 || (sum === 0 && place + 1 === text.length && (inner || (place === 0 && after === 0))))
		)
			return Number.NaN;
		const value = two ? 2 : digits.get(character);
		if (value === undefined || digit > 0 || (value === 0 && (zero || !begun))) return Number.NaN;
		if (value === 0) zero = true;
		else digit = value;
	}
	if (digit === 0) return zero || text === '' ? Number.NaN : sum;
	if (zero || !begun || unit === 10 || (inner && sum === 0)) return sum + digit;
	return short && !inner ? sum + (digit * unit) / 10 : Number.NaN;
}

/** The value of a whole number with units (三千五百零二万), or NaN. The last 亿 is the outermost unit, so that 万亿 is 10¹². */
export function united(text: string, short: boolean, after = 0, inner = false): number {
	for (const size of [1e8, 1e4]) {
		const at = lastOf(text, size);
		if (at < 0) continue;
		const before = united(text.slice(0, at), short, after, true);
		const rest = at + 1 === text.length ? 0 : united(text.slice(at + 1), short, size, inner);
		return before > 0 && (size > 1e4 || before < 1e4) && rest < size ? before * size + rest : Number.NaN;
	}
	return group(text, after, short, inner);
}

function lastOf(text: string, size: number): number {
	for (let at = text.length - 1; at >= 0; at--) if (groups.get(text[at]!) === size) return at;
	return -1;
}
