// ONNX's own recurrent layers do not hand out what a gradient needs: train a scan, export them.
import type { recurrent } from '../ops/recurrent.js';

export const recurrentGradients = {
	RNN: null,
	GRU: null,
	LSTM: null,
} satisfies Record<keyof typeof recurrent, null>;
