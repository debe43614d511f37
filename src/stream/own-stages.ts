// The names of textloom's own stages: a saved pipeline holds the name of a stage, so each means one thing.

/** The names of textloom's own stages. */
export const ownStages = [
	'clean',
	'words',
	'basicEnglish',
	'whitespace',
	'regexp',
	'characters',
	'sentences',
	'stopwords',
	'ends',
	'augment',
	'stem',
	'subwords',
	'bpe',
	'unigram',
	'wordpiece',
	'vocabulary',
	'labels',
	'tfidf',
] as const;
