// The cheapest way to carry supplies to demands, exactly: shortest paths one after the other (Edmonds & Karp 1972, with potentials, so that all
// lengths are 0 or more), in a dense bipartite graph.

/**
 * The least Σ flow · cost by which supplies meet demands: whole numbers with the same sum. `costs[i * demands.length + j]` is that of carrying one
 * unit from i to j, 0 or more.
 */
export function transportCost(supplies: readonly number[], demands: readonly number[], costs: Float64Array): number {
	const [n, m] = [supplies.length, demands.length];
	const left = [...supplies];
	const open = [...demands];
	const flow = new Float64Array(n * m);
	// The reduced cost of i → j is cost + from[i] − to[j].
	const [from, to] = [new Float64Array(n), new Float64Array(m)];
	for (let rest = supplies.reduce((sum, value) => sum + value, 0); rest > 0; ) {
		const { end, before, back } = shortest({ n, m, left, open, flow, costs, from, to });
		// The way back from the demand: to a supply, and, where that is used up, on by a flow that is taken back.
		let amount = open[end]!;
		let source = before[end]!;
		while (back[source]! >= 0) {
			amount = Math.min(amount, flow[source * m + back[source]!]!);
			source = before[back[source]!]!;
		}
		amount = Math.min(amount, left[source]!);
		left[source]! -= amount;
		open[end]! -= amount;
		rest -= amount;
		for (let j = end; ; ) {
			const i = before[j]!;
			flow[i * m + j]! += amount;
			if (back[i]! < 0) break;
			j = back[i]!;
			flow[i * m + j]! -= amount;
		}
	}
	return flow.reduce((sum, amount, place) => sum + amount * costs[place]!, 0);
}

interface Network {
	readonly n: number;
	readonly m: number;
	/** What is left of supplies and demands. */
	readonly left: readonly number[];
	readonly open: readonly number[];
	readonly flow: Float64Array;
	readonly costs: Float64Array;
	readonly from: Float64Array;
	readonly to: Float64Array;
}

/** Dijkstra's shortest path from any supply that is left to the nearest open demand; the potentials are those after it. */
function shortest({ n, m, left, open, flow, costs, from, to }: Network) {
	const [lengthTo, lengthFrom] = [new Float64Array(m).fill(Infinity), new Float64Array(n).fill(Infinity)];
	/** The supply before each demand, and the demand before each supply whose flow is taken back; -1 where a path begins. */
	const [before, back] = [new Int32Array(m).fill(-1), new Int32Array(n).fill(-1)];
	const [doneTo, doneFrom] = [new Uint8Array(m), new Uint8Array(n)];
	const expand = (i: number) => {
		doneFrom[i] = 1;
		for (let j = 0; j < m; j++) {
			const length = lengthFrom[i]! + Math.max(0, costs[i * m + j]! + from[i]! - to[j]!);
			if (doneTo[j] || !(length < lengthTo[j]!)) continue;
			lengthTo[j] = length;
			before[j] = i;
		}
	};
	for (let i = 0; i < n; i++) {
		if (left[i]! <= 0) continue;
		lengthFrom[i] = 0;
		expand(i);
	}
	for (;;) {
		let [end, next, least] = [-1, -1, Infinity];
		for (let j = 0; j < m; j++) if (!doneTo[j] && lengthTo[j]! < least) [end, least] = [j, lengthTo[j]!];
		for (let i = 0; i < n; i++) if (!doneFrom[i] && lengthFrom[i]! < least) [next, least] = [i, lengthFrom[i]!];
		if (next >= 0) {
			expand(next);
			continue;
		}
		doneTo[end] = 1;
		if (open[end]! > 0) {
			for (let i = 0; i < n; i++) from[i]! += Math.min(lengthFrom[i]!, least);
			for (let j = 0; j < m; j++) to[j]! += Math.min(lengthTo[j]!, least);
			return { end, before, back };
		}
		for (let i = 0; i < n; i++) {
			if (doneFrom[i] || flow[i * m + end]! <= 0) continue;
			const length = least + Math.max(0, to[end]! - costs[i * m + end]! - from[i]!);
			if (!(length < lengthFrom[i]!)) continue;
			lengthFrom[i] = length;
			back[i] = end;
		}
	}
}
