// What other folders of src get: all that is public, and these.
export * from './public.js';
export { reviveStages, type SavedStages, savedStages } from './saved-stages.js';
export { createCrew } from './threads/crew.js';
