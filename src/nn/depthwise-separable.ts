// Depthwise-separable convolution (Chollet 2017): windows channel by channel, then channels mixed at each place.
import { conv1d } from './conv1d.js';
import type { ConvolutionLayerOptions } from './convolution.js';
import { type Chain, sequential } from './sequential.js';

/**
 * A convolution over time in two parts, with far fewer weights: `depthwise`, a filter for each channel, and `pointwise`, windows of 1 over
 * all channels. `[batch, in, time]` to `[batch, out, windows]`.
 */
export function depthwiseSeparable({ in: inputs, out, ...options }: Omit<ConvolutionLayerOptions, 'groups'>): Chain {
	const { bias = true } = options;
	return sequential({
		depthwise: conv1d({ ...options, in: inputs, out: inputs, groups: inputs }),
		pointwise: conv1d({ in: inputs, out, width: 1, bias }),
	});
}
