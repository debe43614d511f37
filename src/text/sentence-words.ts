// Words that tell whether a full stop ends an English sentence.

const set = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Before a name or a number: the stop after these never ends a sentence. */
export const titles = set(`
	mr mrs ms messrs mx dr prof st mt ft rev fr hon gen col maj capt cpt lt sgt cpl pvt adm cmdr gov sen rep pres supt insp det
	vs cf viz approx e.g i.e al ca
`);

/** Before a number only: `No. 5`, `pp. 3`; else a word as any other. */
export const beforeNumbers = set('no nos fig figs vol vols p pp ch sec art eq ed op ver nr');

/** May end a sentence or not: the next word decides. */
export const abbreviations = set(`
	inc ltd co corp llc plc bros jr sr esq etc dept est assn ave blvd rd univ ph.d m.d b.a m.a d.c a.m p.m u.s u.k u.n
	jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
	ala ariz calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo
`);

/** Words that, capitalized, begin a sentence and hardly ever a name. */
export const starters = set(`
	a an the this that these those he she it they we you i his her its their our my there here in on at by for from with as if when
	while after before but and or so yet then however also although because since what why how who where some many most all no not
	one two each every both another meanwhile still now once to of about under over during until
`);
