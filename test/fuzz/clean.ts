// Text of nonsense through clean with any options: no error, no lone surrogate or control character, no second space, and nothing that was to go.
import fc from 'fast-check';
import { type CleanOptions, cleanText } from 'textloom';
import { must, oddText, target } from './target.js';

const treatment = fc.constantFrom('keep' as const, 'strip' as const, 'whole' as const, { as: '<x>' });
const options = fc.record(
	{
		html: fc.boolean(),
		repair: fc.boolean(),
		normalize: fc.constantFrom('NFC', 'NFKC', 'NFD', 'NFKD', false),
		keep: fc.subarray(['US', 'C++', 'bc', '#tag']),
		urls: treatment,
		emails: treatment,
		hashtags: treatment,
		mentions: treatment,
		emoji: treatment,
		numbers: treatment,
		contractions: fc.constantFrom('keep', 'expand'),
		lowercase: fc.boolean(),
		accents: fc.constantFrom('keep', 'strip'),
		repeats: fc.constantFrom(false, 1, 2, 3),
		punctuation: fc.constantFrom('keep', 'outer', 'strip'),
		only: fc.constantFrom(false, 'a-z0-9', 'a-z', '\\p{L}'),
	},
	{ requiredKeys: [] },
) as fc.Arbitrary<CleanOptions>;

export const clean = target('clean', fc.tuple(oddText, options), ([text, options]) => {
	const once = cleanText(text, options);
	must(`expected clean text, got ${JSON.stringify(once)}`, !/[\p{Cs}\0]|\s\s|^\s|\s$/u.test(once));
	const kept = (options.keep ?? []).length > 0 || Object.values(options).some((value) => typeof value === 'object' || value === 'whole');
	if (options.only === 'a-z' && !kept) must(`expected letters a to z, got ${JSON.stringify(once)}`, /^[a-zA-Z ]*$/.test(once));
	if (options.urls === 'strip' && !kept) must(`expected no URL, got ${JSON.stringify(once)}`, !/https?:\/\/[a-z]/i.test(once));
});
