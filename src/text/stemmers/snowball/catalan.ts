// Snowball's Catalan stemmer: M. Otxandorena, 2010, https://snowballstem.org/algorithms/catalan/stemmer.html.
import { cut, either, endings, exchanged, inside, inTurn, letters, put, region } from './kit.js';

const isVowel = letters('aeiouáàéèíïóòúü');
const cutInR1 = inside('r1', cut);

/** Pronouns, with an apostrophe, a hyphen or neither. */
const pronoun = endings([
	[
		`'s 'hi 'ho 'l 'ls 'n 'ns 'm 't -ls -la -les -li -nos -us -n -ns -me -m -te vos nos us ens se sela selo selas selos la las le les li
		lo los me ho hi`,
		cutInR1,
	],
]);

const standard = endings([
	[
		`able ables adora adors adura aire al all alla allengües als amen ament aments ana ancia ancies ant ants ar ari aris assa asses assos
		atge ativa ativitat ativitats atives atiu atius ats atòria atòries ació bilitat bilitats ble bles ció cions dís dor dora doras dores
		dors dur dures egar ejar ell ella ells enc enca encia encies ent ents era eres eria eries ers esa esc eses esos essa et eta ets fer
		formes ible ibles ici icis icte ictes idores idors ient ificar il ima imes ims ina ines inia inies ions ionisme ionista ionistes isam
		isament isme ismes issa issem isseu issos ista iste istes ita itar itat itats ites itzar iva ives ivisme ivitat ivitats ialisme
		ialismes ialista ialistes ius ls ment ments nces nça ora ores ors osa oses osos or ot ota otes ots sfera tori toris triu trius ud uds
		uts ió ó ós és ès ària àries ència ències ícia ícies íci ícis íinia ínies ís ísseu íssem íssim íssima íssimes íssims íssiu ístic
		ívol ívola ìssem ìsseu ìssin ïtat ïtats`,
		cutInR1,
	],
	['acions ada ades', inside('r2', cut)],
	['logia logies logi logis logía logíes lógica lógics lógiques', inside('r2', put('log'))],
	['ic ica ics iques', inside('r2', put('ic'))],
	['quíssim quíssims quíssimes quíssima', inside('r1', put('c'))],
]);

const verb = endings([
	[
		`aba abais aban abas ad ada adas ades ado ador adora adores adors ados am amos ams an ant ar ara aran aras arais ares aremos arem areu aren
		aria arian aries arien aron aríem aríeu aría aríais aríamos arían arías ará arán arás arà aràs aré aréis arés as ase aseis asen ases ass
		assen asses asseu assim assin assis assiu aste asteis at atges ats au ava avem aven aves dre ed eix eixen eixer eixes eixi eixin eixis
		eixo em en ent ents er erau erass eremos eren eresseu ería eríais eríamos erían erías erá erán erás eré eréis es esca esques esquen esqui
		esquin esquis ess essen esses esseu essim essin essis ia id ida idas ides ido idos ids ie ien ies ieu iendo iera ierais ieran ieras ieron
		iese ieseis iesen ieses iguem igueu ii imos in ineu ini inin inis int io ir ira iran irem iremos iren ires ireu iria irien iries iría
		iríais iríamos irían irías iríem iríeu irá irán irás irà iràs iré iréis irè irìem irìeu isc isca isin isis isquen issen isses issim issin
		issis issiu iste isteis it its itz itza itzeu itzi itzis itzo itzà ix ixa ixen ixes ixo iéramos iésemos ió ià iï iïn iïs ques re sin sis
		tzar ut uda udes ábamos áis áramos ásemos ávem áveu às àrem àren àreu àssem àsseu àssim àssiu àvem àveu és éssem éssen ésseu éssim éssiu
		èssim èssiu í ía íais íamos ían ías íem íeu írem íreu ís íssim íssiu ìeu ïa ïda ïdes ïen ïes ïguem ïgueu ïm ïra ïren ïres ïsc ïsca ïsquen
		ïsques ïssen ïsses ïssin ïssis ït ïu ïx ïxen ïxes ïxo`,
		cutInR1,
	],
	['ando', inside('r2', cut)],
]);

const residual = endings([
	['a e eu i ir is it itz iu o os s á à é í ì ï ïn ïs ó', cutInR1],
	['iqu', inside('r1', put('ic'))],
]);

const steps = inTurn(pronoun, either(standard, verb), residual);

const plain = exchanged({ á: 'a', à: 'a', é: 'e', è: 'e', í: 'i', ì: 'i', ï: 'i', ó: 'o', ò: 'o', ú: 'u', ü: 'u', '·': '.' });

export function catalan(word: string): string {
	const r1 = region(isVowel, word);
	return plain(steps(word, { r1, r2: region(isVowel, word, r1), rv: 0 }));
}
