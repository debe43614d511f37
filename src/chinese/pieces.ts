// A text as pieces: characters with their readings, and what stands between them.
import { type ReadRun, readingsOf } from './readings.js';
import { type SyllableForm, syllableIn } from './syllables.js';

/** The forms of one character's readings, the one that counts first; a piece of other text by itself. */
export type Piece = readonly string[];

/** What becomes of text that is not Chinese. */
export type Others = 'keep' | 'drop' | 'space';

/** How pieces are made. */
export interface PieceOptions extends SyllableForm {
	readonly others: Others;
	readonly all: boolean;
}

/** What makes pieces. `first`: what is read begins the document. */
export interface Pieces {
	of(text: string, first: boolean): Piece[];
	/** A piece for each of these Chinese characters; none for one that has no reading. */
	ofRun(characters: readonly string[], first: boolean): (Piece | undefined)[];
	/** The piece of a character that is read so. */
	ofSyllable(syllable: string, character: string): Piece;
}

const run = /\p{Script=Han}+/gu;

/** Makes what makes pieces. */
export function createPieces({ others, all, ...form }: PieceOptions, read: ReadRun): Pieces {
	const forms = new Map<string, Piece>();
	const formOf = (syllable: string): Piece => {
		let made = forms.get(syllable);
		if (!made) {
			made = [syllableIn(form, syllable)];
			// There are some 1,700 syllables; a user's own are anything.
			if (forms.size < 10_000) forms.set(syllable, made);
		}
		return made;
	};
	const ofSyllable = (syllable: string, character: string): Piece =>
		all ? [...new Set([syllable, ...readingsOf(character)].map((one) => formOf(one)[0]!))] : formOf(syllable);
	const ofRun: Pieces['ofRun'] = (characters, first) =>
		read(characters, first).map((syllable, place) => (syllable === undefined ? undefined : ofSyllable(syllable, characters[place]!)));
	const addOther = (text: string, into: Piece[]) => {
		if (text === '' || others === 'drop') return;
		if (others === 'keep') into.push([text]);
		else for (const character of text) into.push([character]);
	};
	const of: Pieces['of'] = (text, first) => {
		const pieces: Piece[] = [];
		let from = 0;
		let start = first;
		/** What is not read, up to the next character that is: text between runs, and characters that have no reading. */
		let silent = '';
		for (const found of text.matchAll(run)) {
			silent += text.slice(from, found.index);
			const characters = Array.from(found[0]);
			const read = ofRun(characters, start);
			start = false;
			for (let place = 0; place < characters.length; place++) {
				const piece = read[place];
				if (piece === undefined) {
					silent += characters[place]!;
					continue;
				}
				addOther(silent, pieces);
				silent = '';
				pieces.push(piece);
			}
			from = found.index + found[0].length;
		}
		addOther(silent + text.slice(from), pieces);
		return pieces;
	};
	return { of, ofRun, ofSyllable };
}

/** Pieces as one text. White space of the text separates them already; an initial that a syllable does not have is nothing. */
export function joinPieces(pieces: readonly Piece[], join: string): string {
	let out = '';
	let open = true;
	for (const [text] of pieces) {
		if (text === '') continue;
		if (!open && join !== '' && !/^\s/.test(text!)) out += join;
		out += text;
		open = /\s$/.test(text!);
	}
	return out;
}
