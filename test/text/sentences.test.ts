import fc from 'fast-check';
import { sentences, splitSentences } from 'textloom';
import { describe, expect, it } from 'vitest';

describe('splitSentences', () => {
	it.each([
		'It rained. | We stayed! | Did you? | Yes.',
		'Dr. Li met Mr. and Mrs. Wu vs. St. Mary. | They left.',
		'J. K. Rowling and George W. Bush spoke. | So did I. | The end.',
		'It cost $3.50, up 1.2%. | Version 2.0.1 is out.',
		'Well... maybe. | But then... | She left.',
		'Wait… what? | No… | Never!!! | Really?!',
		'"Why?" he asked. | "Because." | "Go away!" | She went.',
		'He said (quietly.) | Then “nothing.” | ‘Fine.’ | Done.',
		'The U.S. Senate met at 5 p.m. | The vote was close.',
		'Apple Inc. shares rose. | Microsoft Corp. | It fell, too.',
		'See No. 5 and pp. 3 to 9, e.g. this, i.e. that. | No. | He said no. | Then yes.',
		'Born in Jan. 1990. | Died in Oct. 2001.',
		'Visit example.org today. | See https://a.b/c.d?e=f. | OK.',
		'one. two. three',
		'今天下雨。 | 我们没走！ | 真的？ | “好。” | 他说。',
		'行く。 | 「はい。」と言った。 | 終わり。',
		'好! | 走吧? | 是',
		'A title\n\n | and a text\n of two lines.',
		'',
	])('%s', (text) => {
		const expected = text.split(' | ').map((sentence) => sentence.trim());
		expect(splitSentences(text.replaceAll(/(?<=[。！？]”?|好!|走吧\?) \| /g, '').replaceAll(' | ', ' '))).toEqual(
			text === '' ? [] : expected,
		);
	});

	it.each([
		['他走了……我没走。', '他走了……', '我没走。'],
		['他走了……“我没走。”她说', '他走了……', '“我没走。”', '她说'],
		['什么？！真的……？好！……然后呢', '什么？！', '真的……？', '好！……', '然后呢'],
		['第一；第二；第三。', '第一；', '第二；', '第三。'],
		['“他说：‘走吧。’”然后走了。', '“他说：‘走吧。’”', '然后走了。'],
		['他说“好！”。我说“不好？”。', '他说“好！”。', '我说“不好？”。'],
		['「走吧。」『真的嗎？』（完。）【完！】《完。》', '「走吧。」', '『真的嗎？』', '（完。）', '【完！】', '《完。》'],
		['他读完了《家》。很好', '他读完了《家》。', '很好'],
		['圆周率是3.14，即π。a；b; c', '圆周率是3.14，即π。', 'a；', 'b; c'],
		['一行。\n二行', '一行。', '二行'],
		['𠮷野家。😀！好', '𠮷野家。', '😀！', '好'],
		['……'],
		['。。。；；', '。。。；；'],
		['Hello… world… 是', 'Hello… world…', '是'],
	])('%s', (text, ...expected) => {
		expect(splitSentences(text)).toEqual(expected.length > 0 ? expected : [text]);
	});

	it('has offsets that slice back, and covers any text', () => {
		const stage = sentences({ offsets: true });
		const unit = fc.constantFrom('a', 'B', 'Mr', '.', '!', '…', '。', '"', '」', 'と', ' ', '\n', '5', '；', '”', '\ud83d', '\0');
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit }), fc.string({ unit: 'binary' })), (text) => {
				const { sentences, sentenceOffsets } = stage.apply([{ text }])[0]!;
				expect(sentenceOffsets.map(([start, end]) => text.slice(start, end))).toEqual(sentences);
				expect(sentences.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
			}),
		);
	});

	// Quadratic time would take hours here, and end in the timeout.
	it('takes linear time', () => {
		for (const unit of [
			'. ',
			'." ',
			'.',
			' ',
			'\n',
			'\n ',
			'a',
			'"',
			'。',
			'.(',
			'a.',
			'. ((',
			'!',
			'…',
			'；',
			'。”',
			'。”。',
			'…。',
			'…a',
			'……好',
			'"',
			'”；',
		])
			expect(splitSentences(unit.repeat(500_000)).length).toBeGreaterThanOrEqual(0);
	});
});
