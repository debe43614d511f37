// What says something of documents that went through a model's stages.
import type { ModelConfig } from './model-config.js';
import type { ModelFiles } from './model-folder.js';
import type { SessionsOptions } from './sessions.js';

/** Says something of documents; several calls may be under way. */
export interface Speaker {
	/** What is said of each, in their order; the first is number `first` of its stream. */
	say(encoded: readonly object[], first: number): Promise<object[]>;
	close(): Promise<void>;
}

/** What a speaker is opened of, beside its head. */
export interface SpeakerParts {
	readonly programs: ModelFiles['programs'];
	readonly config: ModelConfig;
	readonly options: SessionsOptions;
}

/** Throws a RangeError where a program is missing. */
export function programOf({ programs }: SpeakerParts, name: string): Uint8Array {
	const found = programs[name];
	if (found) return found;
	const got = Object.keys(programs).join(', ') || 'none';
	throw new RangeError(`session: expected the program ${name} of a model, got ${got}. Export or copy it again.`);
}
