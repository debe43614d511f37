// Convolution over time.
import { type ConvolutionLayer, type ConvolutionLayerOptions, convolution } from './convolution.js';

/**
 * `out` filters moved over time, channels first: `[batch, in, time]` to `[batch, out, windows]`, ⌊(size + 2 padding − dilation (kernel − 1) − 1) / stride⌋ + 1
 * of them on an axis. Filters are `[out, in / groups, kernel]`, as PyTorch's Conv1d.
 */
export function conv1d(options: ConvolutionLayerOptions): ConvolutionLayer {
	return convolution('conv1d', 1, options);
}
