// Reads a ValueInfoProto: what an input or output is called, its element type and shape.
import type { BinaryReader } from '@bufbuild/protobuf/wire';
import * as field from './fields.js';
import type { OnnxValue } from './model.js';
import { dtypeOf } from './read-tensor.js';
import { integer, nested, Unsupported, unsupported } from './wire.js';

/** Reads the type of an input or output, which must be a tensor of known rank. */
export function readValue(from: BinaryReader): OnnxValue {
	let name = '';
	let code = 0;
	let [tensor, ranked] = [false, false];
	const dims: (number | string | undefined)[] = [];
	nested(from, {
		[field.valueInfo.name]: (from) => {
			name = from.string();
		},
		[field.valueInfo.type]: (from) =>
			nested(from, {
				[field.type.tensor]: (from) => {
					tensor = true;
					nested(from, {
						[field.tensorType.elementType]: (from) => {
							code = from.int32();
						},
						[field.tensorType.shape]: (from) => {
							ranked = true;
							nested(from, { [field.shape.dim]: (from) => dims.push(readDimension(from)) });
						},
					});
				},
			}),
	});
	if (!tensor) unsupported(`${name || 'a value'} that is no tensor or has no type`, 'Export with tensors of known types only.');
	if (!ranked) unsupported(`${name} without a shape`, 'Run shape inference on it (onnx.shape_inference.infer_shapes).');
	// A size without a name gets one of its own: equal names mean equal sizes.
	const shape = dims.map((dim, axis) => dim ?? `${name}.${axis}`);
	return { name, dtype: dtypeOf(code, name), shape };
}

/** Reads the type of a value inside the graph, of which the file need not tell all: then it is left out. */
export function readHint(from: BinaryReader): OnnxValue | undefined {
	const start = from.pos;
	const end = from.uint32() + from.pos;
	from.pos = start;
	try {
		return readValue(from);
	} catch (error) {
		if (!(error instanceof Unsupported)) throw error;
		from.pos = end;
		return undefined;
	}
}

function readDimension(from: BinaryReader): number | string | undefined {
	let dim: number | string | undefined;
	nested(from, {
		// Some exporters write −1 for a size they do not know.
		[field.dimension.value]: (from) => {
			const size = integer(from);
			dim = size < 0 ? undefined : size;
		},
		[field.dimension.name]: (from) => {
			dim = from.string() || undefined;
		},
	});
	return dim;
}
