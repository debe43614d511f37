// Matrix products.
import { broadcastShapes } from '../dim.js';
import { node, type Rule, type Value } from '../value.js';

export const matmul = {
	MatMul: ([a, b], _attributes, fail) => {
		if (a!.shape.length < 2 || b!.shape.length < 2) fail('expected at least two dimensions on both sides. Reshape a vector to a matrix');
		if (a!.dtype !== b!.dtype) fail('expected operands of one type. Cast one of them');
		const inner = a!.shape.at(-1);
		if (inner !== b!.shape.at(-2))
			fail(`expected the left side's last size ${inner} to equal the right side's last but one, ${b!.shape.at(-2)}`);
		const batch = broadcastShapes(a!.shape.slice(0, -2), b!.shape.slice(0, -2)) ?? fail('the leading sizes do not broadcast');
		return [{ dtype: a!.dtype, shape: [...batch, a!.shape.at(-2)!, b!.shape.at(-1)!] }];
	},
	Gemm: ([a, b, c], { transA = 0, transB = 0 }, fail) => {
		if (a!.shape.length !== 2 || b!.shape.length !== 2) fail('expected two matrices');
		if (b!.dtype !== a!.dtype || (c && c.dtype !== a!.dtype)) fail('expected operands of one type. Cast one of them');
		const [rows, inner] = transA ? [a!.shape[1]!, a!.shape[0]!] : [a!.shape[0]!, a!.shape[1]!];
		const [other, columns] = transB ? [b!.shape[1]!, b!.shape[0]!] : [b!.shape[0]!, b!.shape[1]!];
		if (inner !== other) fail(`expected equal inner sizes, got ${inner} and ${other}`);
		const shape = [rows, columns];
		if (c && broadcastShapes(c.shape, shape)?.join() !== shape.join()) fail(`expected an addend that broadcasts to ${shape.join('×')}`);
		return [{ dtype: a!.dtype, shape }];
	},
} satisfies Record<string, Rule>;

/** Matrix product over the last two axes, broadcast over the others. */
export function matMul(a: Value, b: Value): Value {
	return node('MatMul', matmul.MatMul, [a, b])[0]!;
}

/** `a b + c` of matrices, each side transposed where asked. */
export function gemm(a: Value, b: Value, c?: Value, { transA = false, transB = false } = {}): Value {
	return node('Gemm', matmul.Gemm, c ? [a, b, c] : [a, b], { transA: transA ? 1 : 0, transB: transB ? 1 : 0 })[0]!;
}
