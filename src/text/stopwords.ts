// Stop words: function words that say nothing about the topic of a text. English has a list of our own, the others those of the package stopwords-iso.
import { createRequire } from 'node:module';
import { argumentOf, is, type Kind, optionsOf } from '../base/index.js';
import { chosenTokens, map, ownStage, type Stage } from '../stream/index.js';

const english = `
a about above across after again against all almost along also although always am among an and another any anyone anything are
around as at away back be became because become been before behind being below between both but by can cannot could did do does
doing done down during each either else enough ever every everyone everything few for from further get had has have having he
hence her here hers herself him himself his how however i if in indeed instead into is it its itself just least less many may me
might mine more most much must my myself near neither never no nobody none nor not nothing now of off often on once one only onto
or other others otherwise our ours ourselves out over own per perhaps quite rather same several shall she should since so some
somebody someone something still such than that the their theirs them themselves then there therefore these they this those
though through thus to together too toward towards under until up upon us very was we well were what whatever when where whether
which while who whoever whole whom whose why will with within without would yet you your yours yourself yourselves
ain't aren't can't couldn't didn't doesn't don't hadn't hasn't haven't he'd he'll he's i'd i'll i'm i've isn't it'd it'll it's
let's mightn't mustn't needn't she'd she'll she's shouldn't that's there's they'd they'll they're they've wasn't we'd we'll we're
we've weren't what's who's won't wouldn't you'd you'll you're you've
`;

/** English function words in lower case; contractions with both apostrophes, ' and ’. */
export const englishStopwords: ReadonlySet<string> = new Set(
	english
		.trim()
		.split(/\s+/)
		.flatMap((word) => [word, word.replace("'", '’')]),
);

/** Languages that have a list, by their ISO 639-1 codes; `zh` is in simplified characters, `zh-Hant` in traditional ones. */
export const stopwordLanguages = (
	'af ar bg bn br ca cs da de el en eo es et eu fa fi fr ga gl gu ha he hi hr hu hy id it ja ko ku la lt lv mr ms nl no pl pt ro ru sk sl so st ' +
	'sv sw th tl tr uk ur vi yo zh zh-Hant zu'
).split(' ') as readonly string[];

const listed: Kind = { ...is.one(...stopwordLanguages), next: 'Take another, and pass your own words as extra.' };

const traditional = 'zh-Hant';
let inTraditional: ReadonlySet<string> | undefined;

/** The lists of stopwords-iso, read when a language other than English is first asked for. */
let others: Readonly<Record<string, readonly string[]>> | undefined;

/**
 * The stop words of a language, in lower case and NFC. English is `englishStopwords`; the other lists are those of stopwords-iso, which
 * are generous: some hold frequent verbs and adjectives, too. Chinese and Japanese words need a segmenter. The list of traditional Chinese is that of
 * simplified in the forms of Taiwan, of Hong Kong and of OpenCC's standard (為 and 爲).
 *
 * @throws RangeError for a language without a list.
 */
export function stopwordsOf(language: string): ReadonlySet<string> {
	argumentOf('stopwords', 'language', language, listed);
	if (language === 'en') return englishStopwords;
	if (language === traditional) {
		inTraditional ??= traditionalChinese();
		return inTraditional;
	}
	others ??= createRequire(import.meta.url)('stopwords-iso') as Readonly<Record<string, readonly string[]>>;
	return new Set(others[language]!.map((word) => word.toLowerCase().normalize('NFC')));
}

/** What is used of OpenCC. */
interface OpenCC {
	Converter(options: { from: 'cn' | 't'; to: 't' | 'tw' | 'hk' }): (text: string) => string;
}

function traditionalChinese(): ReadonlySet<string> {
	const { Converter } = createRequire(import.meta.url)('opencc-js/cn2t') as OpenCC;
	// A line a word: one conversion for all.
	const standard = Converter({ from: 'cn', to: 't' })([...stopwordsOf('zh')].join('\n'));
	const regional = (['tw', 'hk'] as const).map((to) => Converter({ from: 't', to })(standard));
	return new Set([standard, ...regional].flatMap((words) => words.split('\n')));
}

/** Which tokens `stopwords` drops. */
export interface StopwordsOptions {
	/** ISO 639-1 code (or 'zh-Hant') of the language of the list, or false to drop `extra` only. Default 'en'. */
	language?: string | false;
	/** More words to drop. Default none. */
	extra?: readonly string[];
	/** Words of the list to keep, such as `not` for sentiment. Default none. */
	keep?: readonly string[];
}

/**
 * Drops stop words from `tokens`. The list is in lower case, and so must the tokens be: `US` is not `us`.
 *
 * @example
 * pipe(docs, clean(), words({ punctuation: false }), stopwords({ keep: ['not', 'no'] }));
 * pipe(docs, clean(), words({ punctuation: false }), stopwords({ language: 'de', extra: ['bzw'] }));
 */
export const stopwords = ownStage((given: StopwordsOptions = {}): Stage<{ tokens: string[] }, { tokens: string[] }> => {
	const kinds = { language: { ...is.either(listed, is.one(false)), next: listed.next! }, extra: is.texts, keep: is.texts };
	const { language = 'en', extra = [], keep = [] } = optionsOf('stopwords', given, kinds);
	const dropped = new Set([...(language === false ? [] : stopwordsOf(language)), ...extra]);
	for (const word of keep) dropped.delete(word);
	// Sorted, so that equal lists are equal data.
	const options = { language, extra: [...extra].sort(), keep: [...keep].sort() };
	return map((doc) => chosenTokens(doc, (token) => !dropped.has(token)), { stage: 'stopwords', options, needs: { tokens: 'texts' } });
});
