// Explanations of what a model says.
export { createExplainer, type Explainer, type ExplainOptions, type Explanation, explain, type TokenWeight } from './explain.js';
