export { convMax } from './conv-max.js';
export { dropout } from './dropout.js';
export { embedding } from './embedding.js';
export { normal, uniform } from './initializers.js';
export { type Layer, type Mask, type Mode, maskInput, namedParameters, type ParameterTree, prediction, training } from './layer.js';
export { linear } from './linear.js';
export { crossEntropy } from './losses.js';
