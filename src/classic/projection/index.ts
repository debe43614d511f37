export type { DenseRows } from './dense-rows.js';
export { type Pca, type PcaOptions, pca } from './pca.js';
export { type Tsne, type TsneOptions, type TsneProgress, tsne } from './tsne.js';
