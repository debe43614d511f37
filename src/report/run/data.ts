// What a report of a run is made of: plain data, as far as it is there.
import type { ReliabilityBar } from '../charts/reliability-diagram.js';
import type { WeightedToken } from '../segments.js';

/** A line of a run's history. */
export interface ReportedRecord {
	readonly epoch: number;
	readonly step: number;
	readonly loss: number;
	/** Losses and metrics on the validation documents by name. */
	readonly validation?: Readonly<Record<string, number>>;
	/** The learning rate. */
	readonly rate?: number;
}

/** How well one class is told. */
export interface ReportedClass {
	readonly precision: number;
	readonly recall: number;
	readonly f1: number;
	readonly support: number;
}

/** A document with its answer, and what was said of it. */
export interface ReportedExample {
	readonly text: string;
	/** Its answer, and what was said. */
	readonly truth: string;
	readonly said: string;
	readonly right: boolean;
	/** The probability of what was said. */
	readonly score?: number;
	/** What carried it: for and against what was said. */
	readonly tokens?: readonly WeightedToken[];
}

/** Examples under a heading. */
export interface ExampleGroup {
	readonly title: string;
	readonly examples: readonly ReportedExample[];
}

/** Where a model looked in one text: each token's share, or from each token (row) to each. */
export interface ReportedAttention {
	readonly text: string;
	readonly said: string;
	readonly tokens: readonly WeightedToken[];
	readonly table?: readonly (readonly number[])[];
	/** What the rows are, where they are not the tokens themselves: those that were said of the text. */
	readonly rows?: readonly string[];
}

/** A run: whatever is missing is said in the page, with the reason where there is one in `missing`. */
export interface RunReportData {
	readonly title: string;
	/** What it is, in one line. */
	readonly subtitle?: string;
	/** The figures at the top, the most important first. */
	readonly figures?: readonly { readonly name: string; readonly value: string }[];
	readonly history?: readonly ReportedRecord[];
	/** The record whose weights were kept. */
	readonly best?: { readonly epoch: number; readonly step: number };
	readonly labels?: readonly string[];
	/** `[label][prediction]` counts. */
	readonly confusion?: readonly (readonly number[])[];
	readonly classes?: Readonly<Record<string, ReportedClass>>;
	readonly reliability?: { readonly bins: readonly ReliabilityBar[]; readonly ece: number; readonly of?: string };
	readonly groups?: readonly ExampleGroup[];
	/** How words were weighed, in words. */
	readonly method?: string;
	readonly attention?: ReportedAttention;
	/** Tables of names and values, such as settings. */
	readonly facts?: readonly { readonly title: string; readonly rows: readonly (readonly [name: string, value: string])[] }[];
	/** Why a section is empty, by its name. */
	readonly missing?: Readonly<Partial<Record<SectionName, string>>>;
	/** What made the page, at its end. */
	readonly by?: string;
}

/** The sections of a report. */
export type SectionName = 'training' | 'confusion' | 'classes' | 'calibration' | 'examples' | 'attention' | 'settings';
