// Field numbers of onnx.proto that the reader and the writer share (github.com/onnx/onnx, onnx/onnx.proto, IR version 10).

export const model = { irVersion: 1, producerName: 2, graph: 7, opsetImport: 8, metadataProps: 14, functions: 25 } as const;
export const opset = { domain: 1, version: 2 } as const;
export const property = { key: 1, value: 2 } as const;
export const graph = { node: 1, name: 2, initializer: 5, input: 11, output: 12, valueInfo: 13, sparseInitializer: 15 } as const;
export const node = { input: 1, output: 2, name: 3, opType: 4, attribute: 5, domain: 7 } as const;
export const attribute = { name: 1, f: 2, i: 3, s: 4, t: 5, g: 6, floats: 7, ints: 8, strings: 9, type: 20 } as const;
export const valueInfo = { name: 1, type: 2 } as const;
export const type = { tensor: 1 } as const;
export const tensorType = { elementType: 1, shape: 2 } as const;
export const shape = { dim: 1 } as const;
export const dimension = { value: 1, name: 2 } as const;
export const tensor = {
	dims: 1,
	dataType: 2,
	floatData: 4,
	int32Data: 5,
	int64Data: 7,
	name: 8,
	rawData: 9,
	doubleData: 10,
	uint64Data: 11,
	externalData: 13,
	dataLocation: 14,
} as const;

/** AttributeProto.AttributeType. */
export const attributeType = { float: 1, int: 2, string: 3, tensor: 4, graph: 5, floats: 6, ints: 7, strings: 8 } as const;
