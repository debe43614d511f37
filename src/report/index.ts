// Pictures of figures: data in, string out.
export { htmlPage, type PageOptions } from './page.js';
export { type ScatterLayout, type ScatterOptions, type ScatterPoint, scatterLayout, scatterPlot } from './scatter.js';
export { type Segment, segmentsOf, type WeightedToken } from './segments.js';
export { textWidth } from './text-width.js';
