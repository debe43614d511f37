// The search that options ask for.
import { beamSearch } from './beam.js';
import { constrainedSearch } from './constrained.js';
import { groupSearch } from './groups.js';
import type { Begin, Search } from './search.js';
import { singleSearch } from './single.js';

export type { Hypothesis } from './search.js';

export function searchOf(begin: Begin): Search {
	const { numBeams, numBeamGroups, forceWordsIds } = begin.settings;
	if (forceWordsIds) return constrainedSearch(begin);
	if (numBeamGroups > 1) return groupSearch(begin);
	return numBeams > 1 ? beamSearch(begin) : singleSearch(begin);
}
