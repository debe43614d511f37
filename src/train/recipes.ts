// Recipes, and models of any task: what the root and the command line get of this folder.

export * from './explain/index.js';
export * from './task/index.js';
export * from './tasks/index.js';
