// Whether a file can be trained on: its numbers must be floating-point numbers.
import type { OnnxModel } from '../graph/index.js';

const quantized =
	/^(DynamicQuantize|Quantize|Dequantize|QLinear|MatMulInteger|MatMulNBits|ConvInteger|QAttention|QEmbed|QGemm|DynamicQuantizeMatMul)/;

/** Throws a TypeError for a file whose weights were made bytes. */
export function expectTrainable(name: string, { graph }: OnnxModel): void {
	const node = graph.nodes.find(({ op }) => quantized.test(op));
	if (!node) return;
	throw new TypeError(
		`pretrained: expected a model of floating-point numbers to train on, got ${name}, which is quantized (${node.op}${node.name && ` in ${node.name}`}). Take its onnx/model.onnx in fp32.`,
	);
}
