// Pictures of figures, and reports of runs: data in, string out.
export { type HeatMapOptions, heatMap } from './charts/heat-map.js';
export { type ChartLine, type LineChartOptions, lineChart } from './charts/line-chart.js';
export { type ReliabilityBar, type ReliabilityDiagramOptions, reliabilityDiagram } from './charts/reliability-diagram.js';
export { htmlPage, type PageOptions } from './page.js';
export type {
	ExampleGroup,
	ReportedAttention,
	ReportedClass,
	ReportedExample,
	ReportedRecord,
	RunReportData,
	SectionName,
} from './run/data.js';
export { runReport } from './run/run-report.js';
export { type ScatterLayout, type ScatterOptions, type ScatterPoint, scatterLayout, scatterPlot } from './scatter.js';
export { type Segment, segmentsOf, type WeightedToken } from './segments.js';
export { textWidth } from './text-width.js';
