// Sequence to sequence: numbers from 0 to 999 in words, learned from half of them. The encoder reads digits, the decoder looks back at them for each word.
import { generate, openPrograms } from 'textloom/decode';
import { seq2seq } from 'textloom/models/seq2seq';
import { adam } from 'textloom/optim';
import { permutation } from 'textloom/stream';
import { exportModel, fit, pairSamples } from 'textloom/train';

const ones =
	'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
		' ',
	);
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const words = ['<padding>', '<begin>', '<end>', 'hundred', ...tens, ...ones];
const below100 = (n: number) => (n < 20 ? [ones[n]!] : [tens[Math.floor(n / 10) - 2]!, ...(n % 10 ? [ones[n % 10]!] : [])]);
const inWords = (n: number) => (n < 100 ? below100(n) : [ones[Math.floor(n / 100)]!, 'hundred', ...(n % 100 ? below100(n % 100) : [])]);
const digits = (n: number) => Array.from(String(n), (digit) => 1 + Number(digit));
const ids = (n: number) => inWords(n).map((word) => words.indexOf(word));

const order = permutation(1000, 1);
const seen = Array.from(order.subarray(0, 500), (n) => ({ source: digits(n), target: ids(n) }));
const model = seq2seq({ source: 11, target: words.length, width: 48, bidirectional: true, attention: 'additive' });
const training = { optimizer: adam({ rate: 3e-3 }), steps: 600, batchSize: 32 };
const { weights } = await fit(model, pairSamples(seen, { start: 1, end: 2 }), training);

const [encode, step] = [exportModel(model, weights, 'encode'), exportModel(model, weights, 'step')];
const decoder = await openPrograms({ encode, step, start: 1, end: 2 });
const unseen = [...order.subarray(500)];
const said = await generate(decoder, unseen.map(digits), { numBeams: 3 });
const right = said.filter(([best], place) => best!.tokens.slice(0, -1).join() === ids(unseen[place]!).join());
for (const [place, [best]] of said.slice(0, 3).entries())
	console.log(
		unseen[place],
		best!.tokens
			.slice(0, -1)
			.map((id) => words[id])
			.join(' '),
	);
console.log(`${right.length} of the ${unseen.length} numbers that it never saw are right`);
await decoder.close();
