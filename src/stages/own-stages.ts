// Every stage of textloom's own: what the indexes of these folders export of them is the registry.
import * as chinese from '../chinese/index.js';
import * as classic from '../classic/index.js';
import * as embeddings from '../embeddings/index.js';
import * as features from '../features/index.js';
import * as keywords from '../keywords/index.js';
import { type AnyLearner, type AnyStage, ownStagesOf } from '../stream/index.js';
import * as stream from '../stream/public.js';
import * as text from '../text/index.js';
import { reviveOf } from './revive.js';
import type { Revivers, SavedStages } from './saved-stages.js';

const folders = { stream, text, chinese, features, classic, keywords, embeddings };

/** A folder that has stages. */
export type StageFolder = keyof typeof folders;

/** How each is made again, and where it is. */
const found = Object.entries(folders).flatMap(([folder, index]) =>
	Object.entries(ownStagesOf(index)).map(([name, revive]) => ({ name, revive, folder: folder as StageFolder })),
);
const ownStages: Revivers = Object.fromEntries(found.map(({ name, revive }) => [name, revive]));

/** The names of textloom's own stages. */
export const ownStageNames: readonly string[] = Object.keys(ownStages);

/** The folders that stages of these names are in. */
export function foldersOf(names: readonly string[]): StageFolder[] {
	return [...new Set(found.filter(({ name }) => names.includes(name)).map(({ folder }) => folder))];
}

/** The stages that were saved, as one. `custom` supplies the user's own; `who` is asked for them. */
export function reviveStages(saved: SavedStages, custom: Revivers = {}, who = 'load'): AnyStage | AnyLearner {
	return reviveOf(ownStages, saved, custom, who);
}
