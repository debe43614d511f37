// Spans of tagged tokens: `B-PER I-PER O B-LOC` is a PER of two tokens and a LOC of one.

/** A span: its type, its first place and the place after its last. */
export interface Span {
	readonly type: string;
	readonly begin: number;
	readonly end: number;
}

/**
 * The spans of a sequence of tags, B and I with O between, or with E and S for last and single tokens; equal to the conlleval script of CoNLL
 * 2000 and to seqeval. A span goes on only by a tag I or E of its own type after B or I: `I-PER` after O begins one, `I-LOC` after `B-PER` another.
 */
export function spansOf(tags: readonly string[]): Span[] {
	const spans: Span[] = [];
	let open: { type: string; begin: number; part: string } | undefined;
	for (const [place, tag] of [...tags, 'O'].entries()) {
		const part = tag.slice(0, 1);
		const type = tag.slice(2);
		const goesOn = open && type === open.type && 'IE'.includes(part) && 'BI'.includes(open.part);
		if (open && !goesOn) spans.push({ type: open.type, begin: open.begin, end: place });
		if (part === 'O') open = undefined;
		else open = { type, begin: goesOn ? open!.begin : place, part };
	}
	return spans;
}
