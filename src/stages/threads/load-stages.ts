// The stages that a thread needs, and no others: all of them are 460 modules, which take 0.3 s of a core to load.
import { ownStagesOf } from '../../stream/index.js';
import type { StageFolder } from '../own-stages.js';
import type { Revivers } from '../saved-stages.js';

const folders: Readonly<Record<StageFolder, () => Promise<object>>> = {
	stream: () => import('../../stream/public.js'),
	text: () => import('../../text/index.js'),
	chinese: () => import('../../chinese/index.js'),
	features: () => import('../../features/index.js'),
	classic: () => import('../../classic/index.js'),
	keywords: () => import('../../keywords/index.js'),
	embeddings: () => import('../../embeddings/index.js'),
};

/** How the stages of these folders are made again. */
export async function loadStages(names: readonly StageFolder[]): Promise<Revivers> {
	const loaded = await Promise.all(names.map((name) => folders[name]()));
	return Object.assign({}, ...loaded.map((index) => ownStagesOf(index as Readonly<Record<string, unknown>>)));
}
