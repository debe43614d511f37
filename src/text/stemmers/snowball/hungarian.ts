// Snowball's Hungarian stemmer: A. Tordai and M. de Rijke, CLEF 2005, https://snowballstem.org/algorithms/hungarian/stemmer.html.
import { after, cut, endings, followed, inTurn, letters, past, put, type Rule } from './kit.js';

const isVowel = letters('aeiouáéíóöőúüű');

/** A table whose longest ending must lie in R1. */
const inR1 = (...rows: [string, Rule][]): Rule => endings(rows, { required: 'r1' });

/** After a double consonant, which becomes a single one: bb and ccs give b and cs. */
const undoubled = after('bb cc ccs dd ff gg ggy jj kk ll lly mm nn nny pp rr ss ssz tt tty vv zz zzs', (word) => {
	return word.slice(0, -2) + word.slice(-1);
});

const steps = inTurn(
	// Instrumental
	inR1(['al el', undoubled]),
	// Cases
	followed(
		inR1([
			`ban ben ba be ra re nak nek val vel tól től ról ről ból ből hoz hez höz nál nél ig at et ot öt ért képp képpen kor ul ül vá vé
			onként enként anként ként en on an ön n t`,
			cut,
		]),
		inR1(['á', put('a')], ['é', put('e')]),
	),
	inR1(['én', put('e')], ['án ánként', put('a')]),
	inR1(['astul estül stul stül', cut], ['ástul', put('a')], ['éstül', put('e')]),
	// Factive
	inR1(['á é', undoubled]),
	// Owned
	inR1(['oké öké aké eké ké éi é', cut], ['éké ééi éé', put('e')], ['áké áéi', put('a')]),
	// With a singular and a plural owner
	inR1(
		['ünk unk nk juk jük uk ük em om am m od ed ad öd d ja je a e o', cut],
		['ánk ájuk ám ád á', put('a')],
		['énk éjük ém éd é', put('e')],
	),
	inR1(
		[
			`jaim jeim aim eim im jaid jeid aid eid id jai jei ai ei i jaink jeink eink aink ink jaitok jeitek aitok eitek itek jeik jaik aik
			eik ik`,
			cut,
		],
		['áim áid ái áink áitok áik', put('a')],
		['éim éid éi éink éitek éik', put('e')],
	),
	// Plural
	inR1(['ák', put('a')], ['ék', put('e')], ['ök ak ok ek k', cut]),
);

/** R1 begins behind the first consonant of a word that begins with a vowel, behind the first vowel of any other. */
export function hungarian(word: string): string {
	return steps(word, { r1: past(isVowel, word, 0, !isVowel(word, 0)), r2: 0, rv: 0 });
}
