// Rows of pooling, by windows and over time.
import * as nn from 'textloom/nn';
import { apart } from '../../graph/check-gradient.js';
import { family, untyped } from './row.js';

const [b, t] = ['batch', 'time'] as const;

export function pooling() {
	return family({
		maxPool: {
			golden: {
				maxPool: {
					layer: nn.maxPool({ kernel: 3, stride: 2, padding: 1 }),
					shape: [2, 2, 8],
					named: [b, 2, 8],
					output: [b, 2, 4],
					at: apart,
					wrong: [[b, 4], 'maxPool: expected batch, channels and one or two axes more, got batch×4. Transpose or reshape it.'],
				},
				'maxPool over two axes': {
					layer: nn.maxPool({ kernel: [2, 3], ceil: true }),
					shape: [1, 2, 5, 6],
					named: [b, 2, 5, 6],
					output: [b, 2, 3, 2],
					at: apart,
					wrong: [[b, 2, 5], 'maxPool: expected batch, channels and 2 axes more, got batch×2×5. Transpose or reshape it.'],
				},
			},
			refuses: [
				[() => untyped.maxPool({ kernel: 2, strides: 2 }), 'maxPool: expected an option that it has, got strides. Did you mean stride?'],
				[
					() => untyped.maxPool({}),
					'maxPool: expected kernel to be a whole number from 1 or an array of whole numbers from 1, got nothing. Pass it.',
				],
			],
		},
		averagePool: {
			golden: {
				averagePool: {
					layer: nn.averagePool({ kernel: 3, stride: 2, padding: 1 }),
					shape: [2, 2, 8],
					named: [b, 2, 8],
					output: [b, 2, 4],
					wrong: [[b, 4], 'averagePool: expected batch, channels and one or two axes more, got batch×4. Transpose or reshape it.'],
				},
				'averagePool over two axes': {
					layer: nn.averagePool({ kernel: 2, stride: 1, padding: 1, countPadding: false }),
					shape: [1, 2, 4, 5],
					named: [b, 2, 4, 5],
					output: [b, 2, 5, 6],
					wrong: null,
				},
			},
			refuses: [
				[() => untyped.averagePool({ kernel: 2, countPadding: 1 }), 'averagePool: expected countPadding to be true or false, got 1.'],
			],
		},
		adaptiveMaxPool: {
			golden: {
				adaptiveMaxPool: {
					layer: nn.adaptiveMaxPool({ size: 3 }),
					shape: [2, 2, 7],
					named: [b, 2, 7],
					output: [b, 2, 3],
					at: apart,
					wrong: [
						[b, 2, t],
						'adaptiveMaxPool: expected a known size on axis 2 for 3 windows, got batch×2×time. State it as a number, or ask for 1.',
					],
				},
			},
			refuses: [[() => untyped.adaptiveMaxPool(3), 'adaptiveMaxPool: expected an object of options, got 3. Pass one such as { size: … }.']],
		},
		adaptiveAveragePool: {
			golden: {
				adaptiveAveragePool: {
					layer: nn.adaptiveAveragePool({ size: 3 }),
					shape: [2, 2, 7],
					named: [b, 2, 7],
					output: [b, 2, 3],
					wrong: [
						[b, 2],
						'adaptiveAveragePool: expected batch, channels and at least one axis more, got batch×2. Transpose or reshape it.',
					],
				},
				'adaptiveAveragePool over two axes': {
					layer: nn.adaptiveAveragePool({ size: [2, 3] }),
					shape: [1, 2, 5, 7],
					named: [b, 2, 5, 7],
					output: [b, 2, 2, 3],
					wrong: [[b, 2, 7], 'adaptiveAveragePool: expected batch, channels and 2 axes more, got batch×2×7. Transpose or reshape it.'],
				},
				'adaptiveAveragePool to one': {
					layer: nn.adaptiveAveragePool({ size: 1 }),
					shape: [2, 2, 7],
					named: [b, 2, t],
					output: [b, 2, 1],
					wrong: null,
				},
			},
			refuses: [[() => untyped.adaptiveAveragePool({ size: [] }), 'adaptiveAveragePool: expected size to be a whole number from 1 or an']],
		},
		maxOverTime: {
			golden: {
				maxOverTime: {
					layer: nn.maxOverTime(),
					shape: [2, 5, 3],
					named: [b, t, 3],
					output: [b, 3],
					lengths: true,
					at: apart,
					wrong: [[b, 3], 'maxOverTime: expected batch×time×features, got batch×3. Name the time axis by axis: 1 or 2, or reshape it.'],
				},
				'maxOverTime of channels': {
					layer: nn.maxOverTime({ axis: 2 }),
					shape: [2, 3, 5],
					named: [b, 3, t],
					output: [b, 3],
					lengths: true,
					at: apart,
					wrong: [[b, 3], 'maxOverTime: expected batch×channels×time, got batch×3. Name the time axis by axis: 1 or 2, or reshape it.'],
				},
			},
			refuses: [
				[
					() => untyped.maxOverTime({ axis: 3 }),
					'maxOverTime: expected axis to be 1 or 2, got 3. Transpose the value where time is elsewhere.',
				],
			],
		},
		meanOverTime: {
			golden: {
				meanOverTime: {
					layer: nn.meanOverTime(),
					shape: [2, 5, 3],
					named: [b, t, 3],
					output: [b, 3],
					lengths: true,
					wrong: [[b, 3], 'meanOverTime: expected batch×time×features, got batch×3. Name the time axis by axis: 1 or 2, or reshape it.'],
				},
			},
			refuses: [[() => untyped.meanOverTime({ axes: 1 }), 'meanOverTime: expected an option that it has, got axes. Did you mean axis?']],
		},
	});
}
