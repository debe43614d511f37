// Snowball's Nepali stemmer: I. Shrestha, O. Bartunov and S. S. Dhakal, https://snowballstem.org/algorithms/nepali/stemmer.html.
import { after, cut, endings, notAfter, nowhere } from './kit.js';

const postposition = endings([
	['मार्फत द्वारा सँगै संग सँग लाइ लाई पछि ले रत मै मा', cut],
	['को का कि की कै', notAfter('ए े', cut)],
]);

const sign = endings([
	['ँ ं', after('यौ छौ नौ थे', cut)],
	['ै', after('त्र', cut)],
]);

const suffix = endings([
	[
		`थिइस् हुनेछ हुन्छ नेछस् नेछन् इएकी इएका इएको िएकी िएका िएको इछन् िछन् इछस् िछस् एछन् ेछन् एछस् ेछस् छिन् छेस् छ्यौ थिन् थियो थियौ थिस् थ्यो थ्यौ दियो
		देखि देखी लान् माथि नेकै नेका नेको नेछौ होस् इन्छ िन्छ नेछु इछौ िछौ इस् िस् ियो इयो एका ेका एकी ेकी एकै ेकै एको ेको एछु ेछु एछौ ेछौ छन् छस् थिए पर् भयो
		हरु हरू िदा इदा िदो इदो िदै इदै नेछ इछ िछ एछ ेछ छु छे छौ थी थे दा दी दै दो नु ने यो यौ छ`,
		cut,
	],
]);

/** A postposition, then suffixes as long as there are any. */
export function nepali(word: string): string {
	let text = postposition(word, nowhere) ?? word;
	for (;;) {
		text = sign(text, nowhere) ?? text;
		const left = suffix(text, nowhere);
		if (left === undefined) return text;
		text = left;
	}
}
