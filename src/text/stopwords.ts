// Stop words: function words that say nothing about the topic of a text.
import { map, type Stage } from '../stream/index.js';

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

const lists = { en: englishStopwords } satisfies Record<string, ReadonlySet<string>>;

/** Which tokens `stopwords` drops. */
export interface StopwordsOptions {
	/** Language of the list. Default 'en'. */
	language?: keyof typeof lists;
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
 */
export function stopwords({
	language = 'en',
	extra = [],
	keep = [],
}: StopwordsOptions = {}): Stage<{ tokens: string[] }, { tokens: string[] }> {
	if (!Object.hasOwn(lists, language)) {
		const known = Object.keys(lists).join(', ');
		throw new RangeError(`stopwords: expected language to be one of ${known}, got '${language}'. Pass your own words as extra.`);
	}
	const dropped = new Set([...lists[language], ...extra]);
	for (const word of keep) dropped.delete(word);
	const options = { language, extra: [...extra], keep: [...keep] };
	return map({ stage: 'stopwords', options }, (doc) => ({ tokens: doc.tokens.filter((token) => !dropped.has(token)) }));
}
