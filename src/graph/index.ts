export {
	type DType,
	readSafetensors,
	readSafetensorsFile,
	readSafetensorsMetadata,
	sizeOf,
	type Tensor,
	type TensorData,
	type TensorFile,
	tensor,
	vectorOf,
	type WrittenFile,
	type WrittenTensor,
	writeSafetensors,
	writeSafetensorsFile,
	zeroTensor,
} from '../tensors/index.js';
export { backward, pullback } from './backward.js';
export { constant, integers, type Operand, scalar } from './constant.js';
export { costOf, type GraphCost, type NodeCost } from './describe/cost.js';
export { type DescribeOptions, describe } from './describe/describe.js';
export { addDim, canonicalDim, type Dim, productDims, type Shape, showShape } from './dim.js';
export { type Sizes, sizeOfDim } from './dim-size.js';
export { emit, type Program } from './emit.js';
export { ShapeError } from './errors.js';
export { isValue } from './given.js';
export { toFloat32 } from './half.js';
export type { ImportOptions } from './import/forms.js';
export { fromOnnx, type ImportedModel } from './import/from-onnx.js';
export { type StoredWeight, storedWeights } from './import/parameter-names.js';
export type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxValue } from './onnx/model.js';
export { readOnnx } from './onnx/read.js';
export { readOnnxFile } from './onnx/read-file.js';
export { type WriteOptions, writeOnnx } from './onnx/write.js';
export { type WriteFileOptions, writeOnnxFile } from './onnx/write-file.js';
export type { OpName } from './ops/index.js';
export * as ops from './ops/index.js';
export { type Beginnings, type FloatGraphs, type FloatType, type FloatTypeOptions, withFloatType } from './passes/float-type.js';
export { withLookups } from './passes/lookup.js';
export { type Pass, passed } from './passes/passed.js';
export { withPlanes } from './passes/planes.js';
export { expectPrecision, type Precision, withQuantized } from './passes/quantize.js';
export { reversed, type ScanOptions, type ScanStep, type Sequence, scan } from './scan/scan.js';
export { createSession, type SessionOptions, sessionKinds } from './session/create-session.js';
export { devices, type RunTargets, runtimeVersion, type Session } from './session/open-session.js';
export type { NumberRange } from './session/range.js';
export { createRemoteSession } from './session/remote-session.js';
export { createHolder, createSessionHolder, type Holder, type SessionHolder } from './session/session-holder.js';
export { createSessionHost, type KeptPart, type KeptTensor, type RemoteSession, type SessionHost } from './session/session-host.js';
export { findNonFinite, type NonFinite } from './session/trace.js';
export { stopGradient, substitute } from './substitute.js';
export { type Initializer, input, type Node, type Parameter, parameter, scope, type Value, withGradient } from './value.js';
export { dependencies, nodesBefore } from './walk.js';
