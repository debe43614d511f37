// summary: parameters as PyTorch counts them, a row for each layer by its name, memory.
import { ops, parameter, scope, type Value } from 'textloom/graph';
import { bert } from 'textloom/models/bert';
import { gruClassifier } from 'textloom/models/recurrent';
import { wordCnn } from 'textloom/models/word-cnn';
import * as nn from 'textloom/nn';
import { describe, expect, it } from 'vitest';

/** The rows of a table as lists of cells; empty cells are left out. */
const rowsOf = (table: string) =>
	table
		.split('\n\n')[0]!
		.split('\n')
		.filter((line) => !line.startsWith('─'))
		.slice(1)
		.map((line) => line.trim().split(/\s{2,}/));

describe('summary', () => {
	// Counts: sum(p.numel() for p in model.parameters()) of the same modules in PyTorch 2.15.
	it('the word CNN', () => {
		const table = nn.summary(wordCnn().build({ vocabulary: 20000, outputs: 4 }), { sizes: { batch: 64, time: 100 } });
		expect(rowsOf(table)).toEqual([
			['embed', 'embedding', 'batch×time×100', '2,000,000'],
			['convs', 'convMax', 'batch×300', '120,300'],
			['dropout', 'batch×300'],
			['out', 'linear', 'batch×4', '1,204'],
			['total', '2,121,504'],
		]);
		expect(table).toContain('Parameters: 2,121,504, of them 0 frozen.');
		expect(table).toMatch(
			/Memory: weights 8\.49 MB\. In training with Adam: gradients 8\.49 MB, slots 17 MB, activations \(batch 64, time 100\) about \d/,
		);
		expect(table).toContain('Each replica beside the first: at most 25.5 MB, and its part of the activations.');
	});

	it('the GRU classifier', () => {
		const network = gruClassifier({ layers: 2, bidirectional: true }).build({ vocabulary: 20000, outputs: 4 });
		expect(rowsOf(nn.summary(network))).toEqual([
			['embed', 'embedding', 'time×batch×100', '2,000,000'],
			['rnn', 'gru', 'time×batch×256', '473,088'],
			['out', 'linear', 'batch×4', '1,028'],
			['total', '2,474,116'],
		]);
		expect(nn.summary(network)).toContain('For activations, give sizes: { batch: …, time: … }.');
		const one = gruClassifier().build({ vocabulary: 20000, outputs: 4 });
		expect(rowsOf(nn.summary(one))[1]).toEqual(['rnn', 'gru', 'time×batch×128', '88,320']);
	});

	it('BERT', () => {
		const rows = rowsOf(nn.summary(bert().build({ vocabulary: 30522, outputs: 4 })));
		expect(rows.at(-1)).toEqual(['total', '11,171,588']);
		const block = [
			['attention.self.query', 'linear', 'batch×time×256', '65,792'],
			['attention.self.key', 'linear', 'batch×time×256', '65,792'],
			['attention.self.value', 'linear', 'batch×time×256', '65,792'],
			['attention.output.dense', 'linear', 'batch×time×256', '65,792'],
			['attention.output.LayerNorm', 'layerNorm', 'batch×time×256', '512'],
			['intermediate.dense', 'linear', 'batch×time×1024', '263,168'],
			['output.dense', 'linear', 'batch×time×256', '262,400'],
			['output.LayerNorm', 'layerNorm', 'batch×time×256', '512'],
		];
		const blocks = [0, 1, 2, 3].flatMap((layer) => block.map(([name, ...rest]) => [`bert.encoder.layer.${layer}.${name}`, ...rest]));
		const named = rows.filter(([name]) => name!.startsWith('bert.'));
		expect(named.slice(2, 4).map(([name, , , count]) => [name, count])).toEqual([
			['bert.embeddings.token_type_embeddings', '512'],
			['bert.embeddings.LayerNorm', '512'],
		]);
		expect(named.slice(4, -1)).toEqual(blocks);
	});

	it('layers in layers, and those without parameters', () => {
		const layer = nn.sequential([
			nn.conv1d({ in: 3, out: 4, kernel: 3 }),
			nn.relu(),
			nn.batchNorm({ channels: 4 }),
			nn.dropout(0.5, { whole: 1 }),
			nn.parallel([nn.conv1d({ in: 4, out: 3, kernel: 1 }), nn.tanh()]),
			nn.sequential({ body: nn.residual(nn.conv1d({ in: 7, out: 7, kernel: 1 })), last: nn.gelu() }),
		]);
		const table = nn.summary(layer, { inputs: ['batch', 3, 'time'], sizes: { batch: 8, time: 10 } });
		expect(rowsOf(table)).toEqual([
			['0', 'conv1d', 'batch×4×time-2', '40'],
			['1', 'relu', 'batch×4×time-2'],
			['2', 'batchNorm', 'batch×4×time-2', '16'],
			['3', 'dropout', 'batch×4×time-2'],
			['4.0', 'conv1d', 'batch×3×time-2', '15'],
			['4.1', 'tanh', 'batch×4×time-2'],
			['5.body.body', 'residual', 'batch×7×time-2', '56'],
			['5.last', 'gelu', 'batch×7×time-2'],
			['total', '127'],
		]);
		expect(table).toContain('Parameters: 127, of them 8 frozen.');
		expect(table).toMatch(/activations \(batch 8, time 10\) about \d/);
	});

	it('one layer, one with lengths, a tied one, and one of our own', () => {
		expect(rowsOf(nn.summary(nn.linear({ in: 3, out: 2 }), { inputs: ['batch', 3] }))).toEqual([
			['linear', 'batch×2', '8'],
			['total', '8'],
		]);
		const ids = { dtype: 'int32', shape: ['batch', 'time'] } as const;
		expect(rowsOf(nn.summary(nn.embedding({ size: 5, width: 2, frozen: true }), { inputs: ids }))[0]).toEqual([
			'embedding',
			'batch×time×2',
			'10',
		]);
		const [tied, scale] = [nn.linear({ in: 3, out: 3 }), parameter([3], nn.ones)];
		const network = {
			parameters: { tied: tied.parameters, mine: { scale } },
			apply: ({ x }: Readonly<Record<string, Value>>) => {
				const scaled = (value: Value) => scope('scaled', () => ops.mul(value, scale));
				return tied.apply(scaled(tied.apply(x!)));
			},
		};
		expect(rowsOf(nn.summary(network, { inputs: { x: ['batch', 3] } }))).toEqual([
			['tied', 'linear', 'batch×3', '12'],
			['mine', 'scaled', 'batch×3', '3'],
			['tied', 'linear', 'batch×3'],
			['total', '15'],
		]);
	});
});
