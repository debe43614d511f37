// Pipelines and corpora by name. Names come from the command line or are looked up in a fixed list: no file names code.
import { readdirSync } from 'node:fs';
import type { DownloadProgress } from '../base/index.js';
import type { EncoderModel } from '../pretrained/index.js';
import type { Recipe } from '../train/recipes.js';
import type { Architecture } from '../train/task/network.js';

/** The names of the pipelines that come with the package. */
export function pipelineNames(): string[] {
	const files = readdirSync(new URL('../../pipelines/', import.meta.url));
	return files.filter((file) => file.endsWith('.js')).map((file) => file.slice(0, -'.js'.length));
}

/** The recipe of a pipeline. */
export async function loadRecipe(name: string): Promise<Recipe> {
	const { default: recipe } = (await import(`textloom/pipelines/${name}`)) as { default: Recipe };
	return recipe;
}

/** Models that a recipe can train, by name: what makes each of its options. */
export async function loadArchitectures(): Promise<Readonly<Record<string, (options?: object) => Architecture>>> {
	const module = 'textloom/models';
	const { architectures } = (await import(module)) as { architectures: Readonly<Record<string, (options?: object) => Architecture>> };
	return architectures;
}

/** What makes the encoder that is pretrained. */
export async function loadEncoder(): Promise<(options: object) => EncoderModel> {
	const module = 'textloom/models';
	return ((await import(module)) as { bertEncoder: (options: object) => EncoderModel }).bertEncoder;
}

/** Their names. */
export const architectureNames = async (): Promise<readonly string[]> => Object.keys(await loadArchitectures());

/** A corpus as commands use it. */
export interface CatalogCorpus {
	readonly name: string;
	readonly title: string;
	readonly kind: string;
	readonly published: string;
	readonly licence: string;
	readonly splits: Readonly<Record<string, number>>;
	train(folder?: string | null): { readonly origin: string; readonly sample: boolean };
}

/** What `download` takes and gives, as commands use it. */
export type Download = (
	corpus: CatalogCorpus,
	options: {
		readonly folder: string;
		readonly signal: AbortSignal;
		readonly mirrors: Readonly<Record<string, string>>;
		readonly onProgress: (progress: DownloadProgress) => void;
	},
) => Promise<readonly { readonly path: string; readonly state: 'fetched' | 'there' | 'other' }[]>;

/** The download of corpora, and the folders where they are looked for. */
export async function loadDownload(): Promise<{ readonly download: Download; dataFolders(folder?: string): readonly string[] }> {
	const module = 'textloom/corpora/index';
	return await import(module);
}

/** Every corpus by name, with the files that may hold it. */
export async function loadCorpora(): Promise<Readonly<Record<string, CatalogCorpus>>> {
	const module = 'textloom/corpora/index';
	const { corpora } = (await import(module)) as { corpora: Readonly<Record<string, CatalogCorpus>> };
	return corpora;
}
