// A recurrent cell of one's own, the minimal gated unit (Zhou et al. 2016): at the end of a sequence it is to know the first symbol.
import { ops, parameter, scalar, scan, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adam } from 'textloom/optim';
import { randomUint32 } from 'textloom/stream';
import { fit, tensorSamples, textClassifierModel } from 'textloom/train';

const { add, expand, gemm, matMul, mul, sigmoid, sub, tanh, transpose } = ops;
const [symbols, width, time, size] = [4, 24, 12, 2000];
const weight = (...shape: number[]) => parameter(shape, nn.uniform(1 / Math.sqrt(width)));
const embed = nn.embedding({ size: symbols + 1, width, deviation: 1 });
const cell = { wf: weight(width, width), uf: weight(width, width), bf: weight(width), wn: weight(width, width), un: weight(width, width) };
const out = nn.linear({ in: width, out: symbols });

const model = textClassifierModel({
	parameters: { embed: embed.parameters, cell, out: out.parameters },
	apply({ ids, lengths }) {
		const { states } = scan({
			inputs: [transpose(embed.apply(ids), [1, 0, 2])],
			states: [expand(scalar(0), ['batch', width], [ids])],
			lengths,
			body: ([h], [x]) => {
				const f = sigmoid(add(gemm(x!, cell.wf, cell.bf), matMul(h!, cell.uf)));
				const n = tanh(add(matMul(x!, cell.wn), matMul(mul(f, h!), cell.un)));
				return { states: [add(h!, mul(f, sub(n, h!)))] };
			},
		});
		return out.apply(states[0]!);
	},
});

const ids = Int32Array.from({ length: size * time }, (_, i) => 1 + (randomUint32(1, 0, i) % symbols));
const targets = tensor('int32', [size], new Int32Array(size));
for (let row = 0; row < size; row++) targets.data[row] = ids[row * time]! - 1;
const lengths = tensor('int32', [size], new Int32Array(size).fill(time));
const samples = tensorSamples({ ids: tensor('int32', [size, time], ids), lengths, targets });

const onRecord = ({ epoch, loss, validation }: { epoch: number; loss: number; validation?: { loss: number } }) =>
	console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}, on sequences held out ${validation!.loss.toFixed(4)}`);
await fit(model, samples, { optimizer: adam({ rate: 5e-3 }), epochs: 5, batchSize: 32, validation: 0.1, callbacks: [{ onRecord }] });
