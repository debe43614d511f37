// The model that --model, --set and --vectors ask for, and stages for it where it reads something else than the recipe's.
import { nearest } from '../../base/nearest.js';
import { loadVectors } from '../../embeddings/index.js';
import type { Recipe } from '../../train/recipes.js';
import type { Architecture } from '../../train/task/network.js';
import { loadArchitectures } from '../catalog.js';
import { UsageError } from '../usage-error.js';
import { fineTuned } from './fine-tuned.js';
import type { TrainFlags } from './flags.js';
import { optionsIn } from './set.js';
import { stagesFor } from './stages-for.js';

/** The recipe with the model that was asked for; where its stages are not the recipe's, they are for Chinese texts or others. */
export async function chooseModel(
	recipe: Recipe,
	{
		model: name,
		set,
		vectors: file,
		pretrained: folder,
		maxLength: asked,
	}: Pick<TrainFlags, 'model' | 'set' | 'vectors' | 'pretrained' | 'maxLength'>,
	isChinese: boolean,
): Promise<Recipe> {
	if (folder !== undefined) return fineTuned(recipe, { folder, set, maxLength: asked });
	if (name === undefined && set.length === 0 && file === undefined) return recipe;
	const all = await loadArchitectures();
	const { spec } = recipe.model;
	const chosen = name ?? spec.model;
	const make = Object.hasOwn(all, chosen) ? all[chosen] : undefined;
	if (!make) {
		const meant = nearest(chosen, Object.keys(all));
		throw new UsageError(`expected a model (${Object.keys(all).join(', ')}), got ${chosen}.${meant ? ` Did you mean ${meant}?` : ''}`);
	}
	const said = Object.entries(optionsIn('set', set));
	const usual = make().spec.options as Readonly<Record<string, unknown>>;
	// `hidden=8` of a model that takes several.
	const given = said.map(([name, value]) => [name, Array.isArray(usual[name]) ? [value].flat() : value]);
	// A model that is named has options of its own, not the recipe's.
	const own = name === undefined ? { ...(spec.options as object), ...vectorsOf(recipe.model) } : {};
	const vectors = file !== undefined && (await vectorsIn(file));
	const flags = [said.length > 0 && '--set', vectors && '--vectors'].filter(Boolean).join(', ');
	const model = built(flags, () => make({ ...own, ...vectors, ...Object.fromEntries(given) }));
	const tokens = model.tokens ?? 'words';
	const { maxLength = Number.POSITIVE_INFINITY, ...training } = recipe.training ?? {};
	if (model.solve) {
		const { optimizer: _, ...solved } = recipe;
		const { seed } = training;
		const stages = tokens === (recipe.model.tokens ?? 'words') ? recipe.stages : stagesFor(tokens, model, isChinese);
		return { ...solved, model, stages, training: { ...(seed !== undefined && { seed }) } };
	}
	// What the recipe says of lengths is in its own tokens.
	if (tokens !== (recipe.model.tokens ?? 'words')) return { ...recipe, model, stages: stagesFor(tokens, model, isChinese), training };
	const longest = Math.min(maxLength, model.maxLength ?? maxLength);
	return { ...recipe, model, training: { ...training, ...(Number.isFinite(longest) && { maxLength: longest }) } };
}

/** The vectors that a recipe's model begins with: they are in no spec. */
const vectorsOf = ({ vectors }: Architecture) => (vectors ? { vectors } : {});

/** Vectors of a file; the width is theirs, unless another is asked for. */
const vectorsIn = async (file: string) => ({ vectors: await loadVectors(file), width: undefined });

function built(flags: string, make: () => Architecture): Architecture {
	try {
		return make();
	} catch (error) {
		// Options that do not go together are refused by other errors than an option itself.
		if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
		throw new UsageError(flags ? `${flags}: ${error.message}` : error.message);
	}
}
