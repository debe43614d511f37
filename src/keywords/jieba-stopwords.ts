// The stop words of jieba's keyword extractors, which leave Chinese ones to the tags.

/** Thirty English function words. */
export const jiebaStopwords: ReadonlySet<string> = new Set(
	'the of is and to in that we for an are by be as on with can if from which you it this then at have all not one has or'.split(' '),
);
