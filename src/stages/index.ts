// What other folders of src get: all that is public, and these.

export { reviveStages } from './own-stages.js';
export * from './public.js';
export { type SavedStages, savedStages } from './saved-stages.js';
export { createCrew } from './threads/crew.js';
export { inOrder } from './threads/in-order.js';
