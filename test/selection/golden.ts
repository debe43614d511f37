// What scikit-learn gives for the same rows and texts.
import { readFileSync } from 'node:fs';
import type { Doc } from './learners.js';

interface Golden {
	readonly k_fold: { count: number; folds: number; tests: number[][] }[];
	readonly labels: string[];
	readonly stratified: { folds: number; tests: number[][] }[];
	readonly shuffled: { folds: number; counts: Record<string, number>[] }[];
	readonly groups: string[];
	readonly grouped: { folds: number; tests: number[][] }[];
	readonly sizes: { count: number; test: number; held: number }[];
	readonly divided: { test: number; train: Record<string, number>; held: Record<string, number> }[];
	readonly docs: Doc[];
	readonly scores: Record<'accuracy' | 'balancedAccuracy' | 'f1Macro' | 'f1Micro' | 'f1Weighted', number[]>;
	readonly predictions: string[];
}

export const golden: Golden = JSON.parse(readFileSync(new URL('../golden/selection/folds.json', import.meta.url), 'utf8'));
