// All targets.
import { csv } from './csv.js';
import { gzip } from './gzip.js';
import { jsonl } from './jsonl.js';
import type { Target } from './target.js';

export const targets: readonly Target[] = [csv, jsonl, gzip];
