// The form of a `tokenizer.json`.
import type { Json } from '../../base/index.js';

/** What a `tokenizer.json` holds (Hugging Face tokenizers, version 1.0): each part is an object with its `type`. */
export interface TokenizerJson {
	readonly version?: string;
	readonly truncation?: Json;
	readonly padding?: Json;
	readonly added_tokens?: readonly Json[];
	readonly normalizer?: Json;
	readonly pre_tokenizer?: Json;
	readonly post_processor?: Json;
	readonly decoder?: Json;
	readonly model: { readonly type?: string; readonly vocab: Json; readonly [key: string]: Json | undefined };
}
