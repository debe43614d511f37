// What is tested of each operator: activation functions.
import { ops } from 'textloom/graph';
import { d, f, floatsOnly } from './refusals.js';
import type { Rows } from './row.js';

export const activation = {
	Relu: { gradients: { plain: { shapes: [[3, 5]], build: ops.relu } }, refuses: floatsOnly(ops.relu) },
	LeakyRelu: {
		gradients: { slope: { shapes: [[3, 5]], build: (x) => ops.leakyRelu(x, 0.2), dtype: 'float32' } },
		refuses: floatsOnly((x) => ops.leakyRelu(x)),
	},
	Elu: {
		gradients: { alpha: { shapes: [[3, 5]], build: (x) => ops.elu(x, 0.7), dtype: 'float32' } },
		refuses: floatsOnly((x) => ops.elu(x)),
	},
	Sigmoid: { gradients: { plain: { shapes: [[2, 3]], build: ops.sigmoid } }, refuses: floatsOnly(ops.sigmoid) },
	Tanh: { gradients: { plain: { shapes: [[2, 3]], build: ops.tanh } }, refuses: floatsOnly(ops.tanh) },
	Erf: { gradients: { plain: { shapes: [[2, 3]], build: ops.erf, dtype: 'float32' } }, refuses: floatsOnly(ops.erf) },
	Gelu: {
		gradients: {
			exact: { shapes: [[3, 4]], build: (x) => ops.gelu(x), dtype: 'float32' },
			approximate: { shapes: [[3, 4]], build: (x) => ops.gelu(x, { approximate: 'tanh' }), dtype: 'float32' },
		},
		refuses: floatsOnly((x) => ops.gelu(x)),
	},
	Softplus: { gradients: { plain: { shapes: [[2, 3]], build: ops.softplus, dtype: 'float32' } }, refuses: floatsOnly(ops.softplus) },
	Softsign: { gradients: { plain: { shapes: [[2, 3]], build: ops.softsign, dtype: 'float32' } }, refuses: floatsOnly(ops.softsign) },
	Selu: { gradients: { plain: { shapes: [[3, 4]], build: ops.selu, dtype: 'float32' } }, refuses: floatsOnly(ops.selu) },
	Celu: {
		gradients: { alpha: { shapes: [[3, 4]], build: (x) => ops.celu(x, 0.7), dtype: 'float32' } },
		refuses: floatsOnly((x) => ops.celu(x)),
	},
	Mish: { gradients: { plain: { shapes: [[3, 4]], build: ops.mish, dtype: 'float32' } }, refuses: floatsOnly(ops.mish) },
	HardSigmoid: {
		gradients: { 'both bends': { shapes: [[3, 4]], build: (x) => ops.hardSigmoid(x, { slope: 0.4 }), dtype: 'float32' } },
		refuses: floatsOnly((x) => ops.hardSigmoid(x)),
	},
	HardSwish: {
		gradients: { 'both bends': { shapes: [[3, 4]], build: (x) => ops.hardSwish(ops.mul(x, 2.5)), dtype: 'float32' } },
		refuses: floatsOnly(ops.hardSwish),
	},
	ThresholdedRelu: {
		gradients: { threshold: { shapes: [[3, 4]], build: (x) => ops.thresholdedRelu(x, 0.5), dtype: 'float32' } },
		refuses: floatsOnly((x) => ops.thresholdedRelu(x)),
	},
	PRelu: {
		gradients: {
			'a slope for each column': { shapes: [[3, 5], [5]], build: (x, slope) => ops.prelu(x, slope), dtype: 'float32' },
			'one slope': { shapes: [[2, 3], [1]], build: (x, slope) => ops.prelu(x, slope), dtype: 'float32' },
		},
		refuses: {
			'a slope that is larger': [() => ops.prelu(f(3), f(2, 3)), 'expected a slope that broadcasts to the input', 'float32 3, float32 2×3'],
			'a slope of other sizes': [() => ops.prelu(f(2, 3), f(2)), 'expected a slope that broadcasts to the input'],
			types: [() => ops.prelu(f(3), d(3)), 'expected a slope of the same type'],
		},
	},
} satisfies Rows;
