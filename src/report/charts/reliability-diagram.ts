// A reliability diagram: how often predictions of a confidence are right (Guo et al. 2017, figure 1).
import { argumentOf, is, type Kinds, optionsOf } from '../../base/index.js';
import { escaped, short } from '../markup.js';
import { axes, type ChartSize, picture, sizeKinds } from './frame.js';
import { paint } from './paint.js';

/** Predictions with a confidence from `from` to `to`: those of the bins of `reliability`. */
export interface ReliabilityBar {
	readonly from: number;
	readonly to: number;
	readonly count: number;
	/** Their mean confidence, and the share of them that is right. */
	readonly confidence: number;
	readonly accuracy: number;
}

/** How the diagram is drawn. */
export interface ReliabilityDiagramOptions extends ChartSize {
	/** Default 'Reliability'. */
	readonly title?: string;
}

const kinds: Kinds<ReliabilityDiagramOptions> = { title: is.text, ...sizeKinds };
const isShare = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;
const binsKind = {
	expected: 'an array of bins { from, to, count, confidence, accuracy } with shares from 0 to 1',
	fits: (value: unknown) =>
		Array.isArray(value) &&
		value.every((bin: ReliabilityBar | null) => bin && [bin.from, bin.to, bin.confidence, bin.accuracy].every(isShare) && bin.count >= 0),
};

/**
 * The diagram as SVG: bars that reach the diagonal are calibrated, those below it too sure. Bars are the denser the more predictions they stand for.
 *
 * @example
 * reliabilityDiagram(reliability(truth, probabilities).bins);
 */
export function reliabilityDiagram(bins: readonly ReliabilityBar[], options: ReliabilityDiagramOptions = {}): string {
	argumentOf('reliabilityDiagram', 'bins', bins, binsKind);
	const { title = 'Reliability', width = 360, height = 300 } = optionsOf('reliabilityDiagram', options, kinds);
	const show = (value: number) => `${short(100 * value)}%`;
	const frame = axes(
		{ width, height, top: 14 },
		{ x: { range: [0, 1], title: 'confidence', show }, y: { range: [0, 1], title: 'accuracy', show } },
	);
	const most = bins.reduce((largest, { count }) => Math.max(largest, count), 0);
	const bars = bins
		.filter(({ count }) => count > 0)
		.map(({ from, to, count, confidence, accuracy }) => {
			const [left, right, y] = [frame.x(from) + 1, frame.x(to) - 1, frame.y(accuracy)];
			const what = `confidence ${show(confidence)}: ${show(accuracy)} right, of ${count.toLocaleString('en')}`;
			const bar = `<rect x="${short(left)}" y="${short(y)}" width="${short(Math.max(right - left, 1))}" height="${short(Math.max(frame.bottom - y, 0.5))}" fill="${paint('first')}" fill-opacity="${(0.25 + 0.75 * Math.sqrt(count / most)).toFixed(3)}"><title>${escaped(what)}</title></rect>`;
			const [x, ideal] = [short(frame.x(confidence)), short(frame.y(confidence))];
			return `<g class="bar">${bar}<line x1="${x}" y1="${short(y)}" x2="${x}" y2="${ideal}" stroke="${paint('second')}" stroke-width="2"/></g>`;
		});
	const diagonal = `<path class="diagonal" d="M${short(frame.x(0))} ${short(frame.y(0))}L${short(frame.x(1))} ${short(frame.y(1))}" fill="none" stroke="${paint('ink')}" stroke-dasharray="4 3"/>`;
	return picture({ width, height, title }, [...frame.lines, ...bars, diagonal]);
}
