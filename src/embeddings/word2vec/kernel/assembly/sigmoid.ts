// σ(x) and −log σ(x) out of a table between −8 and 8, as word2vec has it (there between −6 and 6).

/** Places of a table. The caller fills them with the values in their middles: σ first, then −log σ. */
export const places: i32 = 4096;
const scale: f32 = 256;
let table: usize = 0;

export function useSigmoid(address: usize): void {
	table = address;
}

// @ts-ignore: decorator
@inline
function placeOf(x: f32): usize {
	const at = (x + 8) * scale;
	return <usize>(<i32>max<f32>(0, min<f32>(at, 4095))) << 2;
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: f32): f32 {
	return load<f32>(table + placeOf(x));
}

/** −log σ(x) */
// @ts-ignore: decorator
@inline
export function surprise(x: f32): f32 {
	return load<f32>(table + placeOf(x), 16384);
}
