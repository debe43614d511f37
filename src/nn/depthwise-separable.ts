// Depthwise-separable convolution (Chollet 2017): windows channel by channel, then channels mixed at each place.
import { optionsOf } from '../base/index.js';
import { conv1d } from './conv1d.js';
import { type ConvolutionLayerOptions, convolutionKinds } from './convolution.js';
import type { Layer } from './layer.js';
import { sequential } from './sequential.js';

const { groups: _, ...kinds } = convolutionKinds;

/**
 * A convolution over time in two parts, with far fewer weights: `depthwise`, a filter for each channel, and `pointwise`, windows of 1 over
 * all channels. `[batch, in, time]` to `[batch, out, windows]`.
 */
export function depthwiseSeparable(options: Omit<ConvolutionLayerOptions, 'groups'>): Layer {
	const { in: inputs, out, ...windows } = optionsOf('depthwiseSeparable', options, kinds);
	const { bias = true } = windows;
	return sequential({
		depthwise: conv1d({ ...windows, in: inputs, out: inputs, groups: inputs }),
		pointwise: conv1d({ in: inputs, out, kernel: 1, bias }),
	});
}
