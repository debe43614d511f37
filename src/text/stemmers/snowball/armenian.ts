// Snowball's Armenian stemmer: A. Mkrtchyan, https://snowballstem.org/algorithms/armenian/stemmer.html.
import { cut, endings, inTurn, letters, past, region } from './kit.js';

const isVowel = letters('աէիօւեոը');

const inflection = endings(
	[
		[
			`ները ներն ների ներդ երից ներից երի երդ երն երը ներին ությանն ությանը ությանս ությանդ ության երին ին սա ոջ ից երով ներով երում ներում ուն
			ուդ վանս վանը վանդ անը անդ վան ոջը ոջս ոջդ ոց ուց ոջից ցից վից վի վով ով անով անում վանից ամբ ան ներ եր վա ը ն դ ց ի`,
			cut,
		],
	],
	{ required: 'r2' },
);

const verb = endings([
	[
		`ում վում ալու ելու վել անալ ելուց ալուց ըալ ըել ալով ելով ալիս ելիս ենալ ացնալ եցնել ցնել նել ատել ոտել կոտել տել ված եցվել ացվել եցիր ացիր
		եցինք ացինք վեցիր վեցինք վեցիք վեցին ացրիր ացրեց ացրինք ացրիք ացրին եցիք ացիք եցին ացին ացար ացավ ացանք ացաք ացան վեցի ացրի եցար եցավ ցանք
		ցաք ցան ացա ացի եցա չել եցի ար ավ անք աք ան ալ ել եց աց վե ա`,
		cut,
	],
]);

const adjective = endings([['բար պես որէն ովին ակի լայն րորդ երորդ ական ալի կոտ եկեն որակ եղ վուն երեն արան են ավետ գին իվ ատ ին', cut]]);

const noun = endings([
	[
		`ածո անակ անօց արան արք պան ստան եղէն ենք իկ իչ իք մունք յակ յուն ոնք որդ ոց չեք վածք վոր ավոր ություն ուկ ուհի ույթ ույք ուստ ուս ցի ալիք
		անիք իլ իչք ունք գար ու ակ ան ք`,
		cut,
	],
]);

const steps = inTurn(inflection, verb, adjective, noun);

/** All happens in RV, which begins behind the first vowel. */
export function armenian(word: string): string {
	const rv = past(isVowel, word, 0);
	const r1 = past(isVowel, word, rv, false);
	return word.slice(0, rv) + steps(word.slice(rv), { r1: r1 - rv, r2: region(isVowel, word, r1) - rv, rv: 0 });
}
