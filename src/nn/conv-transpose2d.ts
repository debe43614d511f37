// Transposed convolution over two axes: each element spreads over a window.
import { type ConvolutionLayer, type TransposedOptions, transposedConvolution } from './convolution.js';

/**
 * The way back of a convolution, channels first: (size − 1) stride − 2 padding + dilation (kernel − 1) + outputPadding + 1 elements on an axis.
 * Filters are `[in, out / groups, …kernel]`, as PyTorch's ConvTranspose2d.
 */
export function convTranspose2d(options: TransposedOptions): ConvolutionLayer {
	return transposedConvolution('convTranspose2d', 2, options);
}
