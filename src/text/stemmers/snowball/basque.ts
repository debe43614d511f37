// Snowball's Basque stemmer: M. Otxandorena, 2010, https://snowballstem.org/algorithms/basque/stemmer.html.
import { cut, endings, inside, letters, put, region, romanceRv } from './kit.js';

const isVowel = letters('aeiou');
const cutInRv = inside('rv', cut);
const cutInR2 = inside('r2', cut);

const verb = endings([
	[
		`ago aldatu aldi aldia an arazi ari atu atze bera bide bidea dako du dura ean era errez erreza eta etan etari ez eza ezin ezina gai
		gaia gailu gailua gaitz gaitza gale galea go gune gunea gura ide idea ka kaitz kaitza kan kari karia karri karria kera keta ki kide
		kidea kin kina kizun kizuna kor korra kuna kunde kundea kune kunea kuntza kura la lari le men mena or orra pen pena pera pide pidea
		rean rekin taile tailea taldi taldia tarazi tari tatu tezin tezina tio tu tun tuna tura tzaga tzaile tzailea tzaka tzake tzat tze
		tzeke tzez`,
		cutInRv,
	],
	['garri garria tza', cutInR2],
	['atseden arabera baditu', cut],
]);

const noun = endings([
	[
		`ada ail aizun ak alde aldea aldi aldia anda anga antza ar ara ari aria aro aroa arte artea asi asia asun asuna aurre aurrea behar bera
		bizia burua dar dara degi degia denda di du dua dun duna duri duria duru durua egi egia ek eko eme emea ena enea eria ero eroa eroz
		eroza estu estua eta etako etan etara etxe etxea ez eza ezia ga gabe gabea gai gaia garna garren garrena ge gei geia gela gerren
		gerrena gibel gibela gile gilea gintza gintzo gintzu giro go goi gune gunea handi handia ka kabe kabea kada kail kaila kalde kaldea kan
		kana kari karia kera keria ket keta ki kia kide kin kina kintza kirri kirria ko koa koi koia koitz koitza kondo kondoa kor korra kote
		kotea kume kumea kuntza lari laria larri larria leku lekua liar liara mendi mendia mendu mendua mentu mentua min mina na nahi nahia ne
		nea ngo ngoa no noa ohi ohia oi oia ola ondo ondoa ontzi ontzia orde ordea ordu ordua oro oroa os osa oso osoa oste ostea pe pea pera ra
		ro sa ska skila sko sta ta tako takoa talde taldea taldi taldia tan tar tara tari taria tarik tariko taro taroa tasun tasuna te tea tegi
		tegia teria ti tia tiar tiara tila to toa toki tokia tra tsu tsua tto ttoa tu tua tuko txo txoa txu txua tz tzain tzaina tzale tzalea
		tzar tzara tzarra tzo tzoa tzu tzua una une unea urren urrena xka z za zain zaina zale zalea zaro zaroa zino zinoa zio zioa zione zionea
		zka zko zkoa zp zto ztoa zu zua ñi ño ñoa`,
		cutInRv,
	],
	['ora garri garria or buru ren tza', cutInR2],
	['tzen ten en tatu', inside('r1', cut)],
	['joka trako minutuko zehar geldi igaro aurka', cut],
]);

const adjective = endings([
	['dade date era ero gi go ik keria ki la lanik larik rik ro tade tate to ztik', cutInRv],
	['zlea', put('z')],
]);

/** Of these something stays, and what stands before it goes on as if it were the word. */
const stays = new Map(
	`atseden:atseden arabera:arabera baditu:baditu joka:jok trako:tra minutuko:minutu zehar:zehar geldi:geldi igaro:igaro aurka:aurka`
		.split(' ')
		.map((pair) => pair.split(':') as [ending: string, left: string]),
);

/** Endings of verbs go as long as there are any, then those of nouns, then one of an adjective. */
export function basque(word: string): string {
	const r1 = region(isVowel, word);
	const at = { r1, r2: region(isVowel, word, r1), rv: romanceRv(isVowel, word) };
	let head = word;
	let tail = '';
	for (const rule of [verb, noun]) {
		for (let left = rule(head, at); left !== undefined; left = rule(head, at)) {
			tail = (stays.get(head.slice(left.length)) ?? '') + tail;
			head = left;
		}
	}
	return (adjective(head, at) ?? head) + tail;
}
