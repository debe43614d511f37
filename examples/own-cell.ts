// A recurrent cell of one's own, the minimal gated unit (Zhou et al. 2016): at the end of a sequence it is to know the first symbol.
import { adam, createStepper, initialWeights, type Network, nn, ops, parameter, randomUint32, scalar, scan, trainingGraph } from 'textloom';

const { add, expand, gemm, matMul, mul, sigmoid, sub, tanh, transpose } = ops;
const [symbols, width, time, size] = [4, 24, 12, 32];
const weight = (...shape: number[]) => parameter(shape, nn.uniform(1 / Math.sqrt(width)));
const embed = nn.embedding({ size: symbols + 1, width, deviation: 1 });
const cell = { wf: weight(width, width), uf: weight(width, width), bf: weight(width), wn: weight(width, width), un: weight(width, width) };
const out = nn.linear({ in: width, out: symbols });

const network: Network = {
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
};

const stepper = await createStepper(trainingGraph(network, adam()), adam(), initialWeights(network, 1), { threads: 1 });
for (let step = 1; step <= 300; step++) {
	const ids = Int32Array.from({ length: size * time }, (_, i) => 1 + (randomUint32(1, step, i) % symbols));
	const targets = Int32Array.from({ length: size }, (_, row) => ids[row * time]! - 1);
	const lengths = Int32Array.from(targets, (_, row) => time - (row % 3));
	const [loss] = await stepper.step({ ids, lengths, targets, masks: [], steps: 1, size, time, rates: [5e-3], step });
	if (step % 50 > 0) continue;
	const logits = await stepper.predict({ ids, lengths, size, time });
	const scores = (row: number) => logits.subarray(row * symbols, (row + 1) * symbols);
	const right = targets.filter((target, row) => scores(row)[target] === Math.max(...scores(row))).length / size;
	console.log(`step ${step}: loss ${loss!.toFixed(4)}, accuracy ${right.toFixed(2)}`);
}
await stepper.release();
