// Snowball's Persian stemmer, after "HPS: a hierarchical Persian stemming method", A. Rashidi and M. Z. Lighvan, 2014, https://snowballstem.org/algorithms/persian/stemmer.html.
import { cut, either, ending, endings, exchanged, inside, none, put, type Rule } from './kit.js';

/** Persian letters for Arabic ones; no spaces and joiners. */
const spelled = exchanged({ ك: 'ک', ي: 'ی', ئ: 'ی', ة: 'ه', ہ: 'ه', أ: 'ا', إ: 'ا', ؤ: 'و', '\u200d': '', ' ': '' });

/** Words in -an that is no plural. */
const wordsInAn = new Set(
	`آلمان آسمان ایمان ایشان امکان اصفهان آذربایجان بیان پایان پیمان جریان درمان رمان زندان سازمان سلطان گیلان قهرمان کرمان خاندان لبنان میزان مسلمان نشان
	همدان یونان کهکشان آتشفشان پریشان درخشان همزمان ساختمان سلیمان`.split(/\s+/),
);
const placeInAn = ending('ستان سان ران وان');

const irregular = endings([
	['اخبار', put('خبر')],
	['اساتید', put('استاد')],
]);

const noun = endings(
	[
		['ام اش یان گان های انی ها ات ان ین گاه بان گی یت یی ترین انه مند وار ناک گار', cut],
		['تر', (word, at) => (word.length > at.r1 ? word : undefined)],
	],
	{ searched: 'r1' },
);

const clitic = endings([['اید ایم اند است اس ای ید یم', inside('r1', cut)]]);

const afterLetter =
	(comes: string): Rule =>
	(word) =>
		word === '' ? undefined : word + comes;

/** `person`: how the endings of persons go, which are of verbs only. */
const verb = (person: Rule): Rule =>
	endings([
		['اند ید یم ام د م', person],
		['رفتم رفتی رفتیم رفتید رفتاند', put('رفت')],
		['نده ان', inside('r1', cut)],
		['ده', afterLetter('د')],
		['ته', afterLetter('ت')],
	]);
const nominal = either(irregular, noun);
const steps = either(nominal, clitic, verb(none));
const verbSteps = either(nominal, clitic, verb(inside('r1', cut)));

/** Endings go one after another, of nouns before those of verbs. R1 begins at the fourth letter. */
export function persian(word: string): string {
	const text = spelled(word);
	const prefix = /^ن?می\u200c(?=..)/u.exec(text)?.[0] ?? '';
	const rule = prefix === '' ? steps : verbSteps;
	// Without mi-, but not without nemi-, which says no.
	let left = (prefix.startsWith('م') ? text.slice(prefix.length) : text).replaceAll('\u200c', '');
	const at = { r1: Math.min(3, left.length), r2: 0, rv: 0 };
	while (!wordsInAn.has(left) && !placeInAn(left)) {
		const next = rule(left, at);
		if (next === undefined) break;
		left = next;
	}
	return left;
}
