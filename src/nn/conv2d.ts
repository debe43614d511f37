// Convolution over two axes.
import { type ConvolutionLayer, type ConvolutionLayerOptions, convolution } from './convolution.js';

/**
 * `out` filters moved over two axes, channels first: `[batch, in, height, width]` to `[batch, out, windows, windows]`, ⌊(size + 2 padding − dilation (kernel − 1) − 1) / stride⌋ + 1
 * of them on an axis. Filters are `[out, in / groups, …kernel]`, as PyTorch's Conv2d.
 */
export function conv2d(options: ConvolutionLayerOptions): ConvolutionLayer {
	return convolution('conv2d', 2, options);
}
