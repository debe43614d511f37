export type { VectorParts } from './vectors/parts.js';
