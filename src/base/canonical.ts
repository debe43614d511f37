// One text for equal data: JSON with the keys of each object in order.

/** The JSON text of plain data, with sorted keys. `undefined` entries are left out. Throws a TypeError for what JSON cannot hold. */
export function canonical(value: unknown, who: string, path = 'options'): string {
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
	if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map((item, place) => canonical(item, who, `${path}[${place}]`)).join()}]`;
	if (typeof value === 'object' && isPlain(value)) {
		const entries = Object.entries(value).filter(([, item]) => item !== undefined);
		entries.sort(([a], [b]) => (a < b ? -1 : 1));
		return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item, who, `${path}.${key}`)}`).join()}}`;
	}
	throw new TypeError(
		`${who}: expected plain JSON as ${path}, got ${describe(value)}. Give the stage's spec numbers, texts, arrays and objects.`,
	);
}

function isPlain(value: object): boolean {
	const prototype = Object.getPrototypeOf(value);
	return prototype === null || prototype === Object.prototype;
}

function describe(value: unknown): string {
	if (typeof value !== 'object' || value === null) return typeof value === 'number' ? String(value) : `a ${typeof value}`;
	return `a ${value.constructor?.name ?? 'special object'}`;
}
