// What is read: pipelines by their names, and files.
import { existsSync } from 'node:fs';
import { pipelineNames } from '../catalog.js';

const isPipeline = (name: string) => !existsSync(name) && pipelineNames().includes(name);

/** The pipelines among the arguments. */
export const corporaIn = (sources: readonly string[]): string[] => sources.filter(isPipeline);

/** The files among them. */
export const filesIn = (sources: readonly string[]): string[] => sources.filter((name) => !isPipeline(name));
