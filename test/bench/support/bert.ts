// The forward pass of BERT-mini with a classification head, as torch_models.py has it: 4 layers, width 256, 4 heads. Dropout is off.
import { input, ops, type Value } from 'textloom/graph';

const { add, gather, gelu, gemm, layerNormalization, matMul, mul, reshape, slice, softmax, split, squeeze, tanh, transpose } = ops;

/** Sizes of the model. */
export const sizes = { layers: 4, width: 256, heads: 4, words: 30_522, positions: 512, classes: 4 };

/** The loss of a batch `ids [batch, time]`, `targets [batch]`, and the parameters by PyTorch's names. */
export function bert({ layers, width, heads, words, positions, classes } = sizes) {
	const parameters: Record<string, Value> = {};
	const parameter = (name: string, ...shape: number[]) => {
		parameters[name] = input(name, 'float32', shape);
		return parameters[name];
	};
	const linear = (x: Value, name: string, [inner, outer]: [number, number]) =>
		gemm(x, parameter(`${name}.weight`, outer, inner), parameter(`${name}.bias`, outer), { transB: true });
	const norm = (x: Value, name: string, epsilon = 1e-5) =>
		layerNormalization(x, parameter(`${name}.weight`, width), parameter(`${name}.bias`, width), { epsilon });

	const ids = input('ids', 'int32', ['batch', 'time']);
	const targets = input('targets', 'int32', ['batch']);
	const rows = (x: Value) => reshape(x, ['batch*time', width], [ids]);

	const word = gather(parameter('words.weight', words, width), ids);
	const position = gather(parameter('positions.weight', positions, width), ops.places(ids, 1));
	const type = slice(parameter('types.weight', 2, width), 0, 0, 1);
	let x = rows(norm(add(add(word, position), type), 'norm', 1e-12));
	for (let layer = 0; layer < layers; layer++) {
		const name = `encoder.layers.${layer}`;
		const attention = `${name}.self_attn`;
		// Each third of the weights alone: cheaper than cutting what they give.
		const thirds = [width, width, width];
		const [weight, bias] = [
			split(parameter(`${attention}.in_proj_weight`, 3 * width, width), thirds, 0),
			split(parameter(`${attention}.in_proj_bias`, 3 * width), thirds, 0),
		];
		const [q, k, v] = weight.map((part, place) => {
			const inner = gemm(x, part, bias[place], { transB: true });
			return transpose(reshape(inner, ['batch', 'time', heads, width / heads], [ids]), [0, 2, 1, 3]);
		}) as [Value, Value, Value];
		const weights = softmax(mul(matMul(q, transpose(k)), 1 / Math.sqrt(width / heads)));
		const mixed = reshape(transpose(matMul(weights, v), [0, 2, 1, 3]), ['batch*time', width], [ids]);
		x = norm(add(x, linear(mixed, `${attention}.out_proj`, [width, width])), `${name}.norm1`);
		const hidden = gelu(linear(x, `${name}.linear1`, [width, 4 * width]));
		x = norm(add(x, linear(hidden, `${name}.linear2`, [4 * width, width])), `${name}.norm2`);
	}
	const first = squeeze(slice(reshape(x, ['batch', 'time', width], [ids]), 1, 0, 1), [1]);
	const logits = linear(tanh(linear(first, 'pool', [width, width])), 'out', [width, classes]);
	const logs = ops.logSoftmax(logits);
	const loss = ops.neg(ops.reduceMean(ops.gatherElements(logs, ops.unsqueeze(targets, [1]), 1)));
	return { inputs: { ids, targets }, parameters, loss };
}
