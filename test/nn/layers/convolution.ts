// Rows of convolutions, of those with a maximum over time, too.
import * as nn from 'textloom/nn';
import { family, untyped } from './row.js';

const [b, t] = ['batch', 'time'] as const;

export function convolution() {
	return family({
		conv1d: {
			golden: {
				conv1d: {
					layer: nn.conv1d({ in: 3, out: 4, kernel: 3 }),
					shape: [2, 3, 7],
					named: [b, 3, t],
					output: [b, 4, 'time-2'],
					wrong: [
						[b, t, 3],
						'conv1d: expected batch×3×time, got batch×time×3. Channels come second: transpose it, or set in to their number.',
					],
				},
				'conv1d strided': {
					layer: nn.conv1d({ in: 2, out: 3, kernel: 3, stride: 2, padding: 1 }),
					shape: [2, 2, 7],
					named: [b, 2, 7],
					output: [b, 3, 4],
					wrong: null,
				},
				'conv1d dilated': {
					layer: nn.conv1d({ in: 2, out: 3, kernel: 3, dilation: 2, bias: false }),
					shape: [2, 2, 7],
					named: [b, 2, t],
					output: [b, 3, 'time-4'],
					wrong: null,
				},
				'conv1d in groups': {
					layer: nn.conv1d({ in: 4, out: 6, kernel: 3, groups: 2, padding: 'same' }),
					shape: [2, 4, 5],
					named: [b, 4, t],
					output: [b, 6, t],
					wrong: null,
				},
			},
			refuses: [
				[() => untyped.conv1d({ in: 1, out: 1, width: 3 }), 'conv1d: expected an option that it has, got width. It has stride, '],
				[
					() => untyped.conv1d({ in: 1, out: 1, kernel: [3, 3] }),
					'conv1d: expected a kernel size for each of 1 axes, got 2. Pass one number for all.',
				],
				[
					() => untyped.conv1d({ in: 1, out: 1, kernel: 3, padding: 'valid' }),
					"conv1d: expected padding to be 'same' or a whole number from 0 or ",
				],
				[() => untyped.conv1d({ in: 1, out: 1, kernel: 3, stride: 0 }), 'conv1d: expected stride to be a whole number from 1 or an array'],
			],
		},
		conv2d: {
			golden: {
				conv2d: {
					layer: nn.conv2d({ in: 2, out: 3, kernel: [3, 2], padding: [1, 0] }),
					shape: [2, 2, 4, 5],
					named: [b, 2, t, 5],
					output: [b, 3, t, 4],
					wrong: [
						[b, 2, 7],
						'conv2d: expected batch×2×height×width, got batch×2×7. Channels come second: transpose it, or set in to their number.',
					],
				},
				'conv2d strided, dilated, in groups': {
					layer: nn.conv2d({ in: 2, out: 4, kernel: 2, stride: 2, dilation: [1, 2], groups: 2 }),
					shape: [2, 2, 5, 6],
					named: [b, 2, 5, 6],
					output: [b, 4, 2, 2],
					wrong: null,
				},
			},
			refuses: [
				[
					() => untyped.conv2d({ in: 1, out: 1, kernel: 0 }),
					'conv2d: expected kernel to be a whole number from 1 or an array of whole numbers from 1, got 0. Correct it.',
				],
			],
		},
		convTranspose1d: {
			golden: {
				convTranspose1d: {
					layer: nn.convTranspose1d({ in: 3, out: 2, kernel: 3, stride: 2, padding: 1, outputPadding: 1 }),
					shape: [2, 3, 4],
					named: [b, 3, 4],
					output: [b, 2, 8],
					wrong: [
						[b, 4, 3],
						'convTranspose1d: expected batch×3×time, got batch×4×3. Channels come second: transpose it, or set in to their number.',
					],
				},
			},
			refuses: [
				[() => untyped.convTranspose1d({ in: 1, out: 1, kernel: 2, padding: 'same' }), "convTranspose1d: expected padding to be 'same' or"],
			],
		},
		convTranspose2d: {
			golden: {
				convTranspose2d: {
					layer: nn.convTranspose2d({ in: 2, out: 4, kernel: [2, 3], stride: [2, 1], dilation: [1, 2], groups: 2, bias: false }),
					shape: [1, 2, 3, 3],
					named: [b, 2, 3, 3],
					output: [b, 4, 6, 7],
					wrong: [
						[b, 3, 3, 3],
						'convTranspose2d: expected batch×2×height×width, got batch×3×3×3. Channels come second: transpose it, or set in to their number.',
					],
				},
			},
			refuses: [
				[
					() => untyped.convTranspose2d({ in: 1, out: 1, kernel: 2, outputPadding: -1 }),
					'convTranspose2d: expected outputPadding to be a whole number from 0 or an array, each item a whole number from 0, got -1.',
				],
			],
		},
		depthwiseSeparable: {
			golden: {
				depthwiseSeparable: {
					layer: nn.depthwiseSeparable({ in: 3, out: 4, kernel: 3, padding: 2, dilation: 2 }),
					shape: [2, 3, 6],
					named: [b, 3, t],
					output: [b, 4, t],
					wrong: [
						[b, 2, t],
						'conv1d: expected batch×3×time, got batch×2×time. Channels come second: transpose it, or set in to their number.',
					],
				},
			},
			refuses: [
				[
					() => untyped.depthwiseSeparable({ in: 1, out: 1, kernel: 3, groups: 2 }),
					'depthwiseSeparable: expected an option that it has, got groups.',
				],
			],
		},
		convMax: {
			golden: {
				convMax: {
					layer: nn.convMax({ in: 3, out: 2, kernels: [2, 3] }),
					shape: [2, 5, 3],
					named: [b, t, 3],
					output: [b, 4],
					lengths: true,
					wrong: [[b, t, 5], 'convMax: expected batch×time×3, got batch×time×5. Set in: 5.'],
				},
			},
			refuses: [
				[
					() => untyped.convMax({ in: 1, out: 1, kernels: [3, 2] }),
					'convMax: expected kernels to be whole numbers from 1 in ascending order, got [ 3, 2 ]. Pass some, such as [3, 4, 5].',
				],
				[
					() => untyped.convMax({ in: 1, out: 1, kernels: [] }),
					'convMax: expected kernels to be whole numbers from 1 in ascending order, got [].',
				],
			],
		},
		convMaxPool: {
			golden: {
				convMaxPool: {
					layer: nn.convMaxPool({ in: 2, out: 3, kernel: 3, pool: 2 }),
					shape: [2, 7, 2],
					named: [b, 7, 2],
					output: [b, 3, 2],
					wrong: [
						[b, t, 2],
						'convMaxPool: expected batch×time×2 with time a number, got batch×time×2. Cut or fill the texts to one length.',
					],
				},
				'convMaxPool without pools': {
					layer: nn.convMaxPool({ in: 2, out: 3, kernel: 3, pool: 1 }),
					shape: [2, 5, 2],
					named: [b, 5, 2],
					output: [b, 3, 3],
					wrong: [[b, 2, 2], 'convMaxPool: expected at least 3 steps for windows of 3 in pools of 1, got 2. Make texts longer.'],
				},
			},
			refuses: [
				[() => untyped.convMaxPool({ in: 1, out: 1, kernel: 2 }), 'convMaxPool: expected pool to be a whole number from 1, got nothing.'],
			],
		},
	});
}
