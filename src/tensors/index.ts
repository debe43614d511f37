// Numbers in memory with a type and a shape, and files of them.
export type { Placed } from './safetensors/header.js';
export {
	type OpenedTensors,
	openSafetensors,
	readSafetensors,
	readSafetensorsFile,
	readSafetensorsMetadata,
	type TensorFile,
} from './safetensors/read.js';
export { type WrittenFile, type WrittenTensor, writeSafetensors, writeSafetensorsFile } from './safetensors/write.js';
export { type DType, sizeOf, type Tensor, type TensorData, tensor, vectorOf, zeroTensor } from './tensor.js';
