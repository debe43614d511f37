// The Lancaster stemmer: C. D. Paice, "Another stemmer", SIGIR Forum 24 (3), 1990, with the rules published by him and G. Husk.

/**
 * A rule: the ending, written backward; `*` for a word that no rule has changed yet; how many letters go; letters that come; then `>` to
 * go on with the rules of the new last letter, or `.` to end. Of an ending's rules the first that leaves an acceptable stem is taken.
 */
const rules = `ai*2. a*1. bb1. city3s. ci2> cn1t> dd1. dei3y> deec2ss. dee1. de2> dooh4> e1> feil1v. fi2> gni3> gai3y. ga2> gg1. ht*2.
	hsiug5ct. hsi3> i*1. i1y> ji1d. juf1s. ju1d. jo1d. jeh1r. jrev1t. jsim2t. jn1d. j1s. lbaifi6. lbai4y. lba3> lbi3. lib2l> lc1. lufi4y.
	luf3> lu2. lai3> lau3> la2> ll1. mui3. mu*2. msi3> mm1. nois4j> noix4ct. noi3> nai3> na2> nee0. ne2> nn1. pihs4> pp1. re2> rae0. ra2.
	ro2> ru2> rr1. rt1> rei3y> sei3y> sis2. si2> ssen4> ss0. suo3> su*2. s*1> s0. tacilp4y. ta2> tnem4> tne3> tna3> tpir2b. tpro2b. tcud1.
	tpmus2. tpec2iv. tulo2v. tsis0. tsi3> tt1. uqi3. ugo1. vis3j> vie0. vi2> ylb1> yli3y> ylp0. yl2> ygo1. yhp1. ymo1. ypo1. yti3> yte3>
	ytl2. yrtsi5. yra3> yro3> yfi3. ycn2t> yca3> zi2> zy1s.`;

interface Rule {
	readonly ending: string;
	/** Only for words that no rule has changed yet. */
	readonly intact: boolean;
	readonly remove: number;
	readonly append: string;
	readonly goesOn: boolean;
}

const byLast = new Map<string, Rule[]>();
for (const rule of rules.split(/\s+/)) {
	const [, backward, star, remove, append, end] = /^([a-z]+)(\*?)(\d)([a-z]*)([>.])$/.exec(rule) as unknown as string[];
	const ending = [...backward!].reverse().join('');
	const last = ending.at(-1)!;
	byLast.set(last, [
		...(byLast.get(last) ?? []),
		{ ending, intact: star === '*', remove: Number(remove), append: append!, goesOn: end === '>' },
	]);
}

const vowels = 'aeiouy';

/** Two letters after a vowel at the start; else three, of which the second or the third is a vowel. */
function isAcceptable(word: string, left: number): boolean {
	return vowels.includes(word[0]!) ? left >= 2 : left >= 3 && (vowels.includes(word[1]!) || vowels.includes(word[2]!));
}

/** Lancaster stems, shorter than Porter's. A word with anything but letters stays as it is. */
export function lancaster(word: string): string {
	// A rule that takes one letter off a long word of one letter would make the time quadratic.
	if (word.length > 1000 || /\P{L}/u.test(word)) return word;
	let stem = word;
	for (;;) {
		const rule = byLast
			.get(stem.at(-1) ?? '')
			?.find(
				({ ending, intact, remove }) => stem.endsWith(ending) && (!intact || stem === word) && isAcceptable(stem, stem.length - remove),
			);
		if (!rule) return stem;
		stem = stem.slice(0, stem.length - rule.remove) + rule.append;
		if (!rule.goesOn) return stem;
	}
}
