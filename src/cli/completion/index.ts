// The shells that completion is written for.
import { bash } from './bash.js';
import { fish } from './fish.js';
import type { Named } from './words.js';
import { zsh } from './zsh.js';

/** The scripts by shell. */
export const shells: Readonly<Record<'bash' | 'zsh' | 'fish', (commands: readonly Named[]) => string>> = { bash, zsh, fish };
