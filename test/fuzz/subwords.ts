// Text of nonsense through a byte-level tokenizer trained here: its bytes come back, and each token lies where its offset says.
import { bpe, collect } from 'textloom';
import { must, oddText, same, target } from './target.js';

const texts = ['the ferries were leaving the harbour', 'nobody sang 中文 é 𝒳', 'they are there, then they were'];
const tokenizer = bpe({ size: 300, byteLevel: true }).fit(texts.map((text) => ({ text })));

export const subwords = target('subwords', oddText, async (text) => {
	// Lone surrogates become U+FFFD on their way to bytes.
	const whole = Buffer.from(text).toString();
	const stage = await tokenizer;
	const [doc] = await collect(stage([{ text }]));
	same('bytes', await stage.decode(doc!.ids), whole);
	same('ids', doc!.ids.length, doc!.tokens.length);
	must(
		'every id has its token',
		doc!.tokens.every((token, i) => stage.idOf(token) === doc!.ids[i]),
	);
});
