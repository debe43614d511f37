// Types of own-stages.mjs.
import type { Stage } from 'textloom';

export function pause(options?: object): Stage<object, { waited: boolean }>;
export function exit(): Stage<object, object>;
export function hoard(): Stage<object, object>;
export function fussy(): Stage<object, object>;
export function even(): Stage<{ n: number }, object>;
export function copied(): Stage<{ n: number }, object>;
export function endless(): Stage<object, object>;
export const notAFunction: number;
export function rare(): Stage<{ n: number }, object>;
