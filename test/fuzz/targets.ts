// All targets.

import { clean } from './clean.js';
import { csv } from './csv.js';
import { gzip } from './gzip.js';
import { json } from './json.js';
import { jsonl } from './jsonl.js';
import { subwords } from './subwords.js';
import type { Target } from './target.js';
import { offsets } from './tokenizers.js';

export const targets: readonly Target[] = [csv, jsonl, json, gzip, offsets, clean, subwords];
