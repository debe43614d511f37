// ONNX's own recurrent layers do not hand out what a gradient needs: train a scan, export them.
import type { operators as recurrent } from '../ops/recurrent.js';

const advice = 'Write its cell as a scan, as the layers of nn do';

export const recurrentGradients = {
	RNN: advice,
	GRU: advice,
	LSTM: advice,
} satisfies Record<keyof typeof recurrent, string>;
