// Text of nonsense through clean: no lone surrogate, NUL or double space is left.
import { cleanText } from 'textloom';
import { must, oddText, target } from './target.js';

export const clean = target('clean', oddText, (text) => {
	const once = cleanText(text);
	must(`expected clean text, got ${JSON.stringify(once)}`, !/[\p{Cs}\0]|\s\s|^\s|\s$/u.test(once));
});
