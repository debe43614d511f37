// Gradient cases: recurrent.
import type { Cases } from '../check-gradient.js';

export const recurrent = {
	RNN: 'for inference: what trains is a scan',
	GRU: 'for inference: what trains is a scan',
	LSTM: 'for inference: what trains is a scan',
} satisfies Cases;
