// Where everything lies: addresses in bytes and settings, 32 bits each, in the order of kernel/plan.ts.
export let stride: usize = 0;
export let input: usize = 0;
export let negatives: usize = 0;
export let nodes: usize = 0;
export let words: u32 = 0;
export let remap: usize = 0;
export let keep: usize = 0;
export let aliases: usize = 0;
export let pathStarts: usize = 0;
export let paths: usize = 0;
export let pieceStarts: usize = 0;
export let pieces: usize = 0;
export let window: i32 = 0;
export let negative: i32 = 0;
export let skipGram: bool = false;
export let mean: bool = false;
export let shrink: bool = false;
export let ringMask: i32 = 0;
// Of each thread.
export let kept: usize = 0;
export let contexts: usize = 0;
export let targets: usize = 0;
export let labels: usize = 0;
export let rates: usize = 0;
export let products: usize = 0;
export let counts: usize = 0;
export let ring: usize = 0;
/** Rows of this thread: of zeros, of a sum, of the sum before. */
export let spare: usize = 0;

export function usePlan(plan: usize): void {
	stride = load<u32>(plan);
	input = load<u32>(plan, 4);
	negatives = load<u32>(plan, 8);
	nodes = load<u32>(plan, 12);
	words = load<u32>(plan, 16);
	remap = load<u32>(plan, 20);
	keep = load<u32>(plan, 24);
	aliases = load<u32>(plan, 28);
	pathStarts = load<u32>(plan, 32);
	paths = load<u32>(plan, 36);
	pieceStarts = load<u32>(plan, 40);
	pieces = load<u32>(plan, 44);
	window = load<i32>(plan, 48);
	negative = load<i32>(plan, 52);
	skipGram = load<i32>(plan, 56) != 0;
	mean = load<i32>(plan, 60) != 0;
	shrink = load<i32>(plan, 64) != 0;
	ringMask = load<i32>(plan, 68);
	kept = load<u32>(plan, 72);
	contexts = load<u32>(plan, 76);
	targets = load<u32>(plan, 80);
	labels = load<u32>(plan, 84);
	rates = load<u32>(plan, 88);
	products = load<u32>(plan, 92);
	counts = load<u32>(plan, 96);
	ring = load<u32>(plan, 100);
	spare = load<u32>(plan, 104);
}
