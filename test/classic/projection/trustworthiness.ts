// How far near points of a plane are near in the rows, too (Venna & Kaski 2001): 1 where all are.

/** The trustworthiness of `points`, x and y of each row, by their nearest `near`. */
export function trustworthiness(rows: Float64Array, width: number, points: Float64Array, near: number): number {
	const count = rows.length / width;
	const orderOf = (data: Float64Array, size: number, from: number) => {
		const far = (to: number) => {
			let sum = 0;
			for (let i = 0; i < size; i++) sum += (data[from * size + i]! - data[to * size + i]!) ** 2;
			return sum;
		};
		const distances = Array.from({ length: count }, (_, to) => far(to));
		return [...distances.keys()].filter((to) => to !== from).sort((a, b) => distances[a]! - distances[b]!);
	};
	let wrong = 0;
	for (let row = 0; row < count; row++) {
		const ranks = new Map(orderOf(rows, width, row).map((other, rank) => [other, rank + 1]));
		for (const other of orderOf(points, 2, row).slice(0, near)) wrong += Math.max(0, ranks.get(other)! - near);
	}
	return 1 - (2 / (count * near * (2 * count - 3 * near - 1))) * wrong;
}
