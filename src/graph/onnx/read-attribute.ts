// Reads an AttributeProto: a number, a text, a tensor, a graph, or a list.
import type { BinaryReader } from '@bufbuild/protobuf/wire';
import * as field from './fields.js';
import type { OnnxAttribute, OnnxGraph } from './model.js';
import { type Outside, readTensor } from './read-tensor.js';
import { integer, nested, repeated, unsupported } from './wire.js';

/** Names of attribute types that are not read. */
const attributeTypes: Record<number, string> = { 9: 'tensors', 10: 'graphs', 11: 'sparse tensor', 12: 'sparse tensors' };

/** Reads an attribute and its name; `graph` reads a graph inside it. */
export function readAttribute(
	from: BinaryReader,
	outside: Outside,
	graph: (from: BinaryReader) => OnnxGraph,
): [name: string, value: OnnxAttribute] {
	let name = '';
	let type = 0;
	let single: OnnxAttribute | undefined;
	const ints: number[] = [];
	const floats: number[] = [];
	const strings: string[] = [];
	const set = (value: OnnxAttribute) => {
		single = value;
	};
	nested(from, {
		[field.attribute.name]: (from) => {
			name = from.string();
		},
		[field.attribute.type]: (from) => {
			type = from.int32();
		},
		[field.attribute.f]: (from) => set({ float: from.float() }),
		[field.attribute.i]: (from) => set({ int: integer(from) }),
		[field.attribute.s]: (from) => set({ string: from.string() }),
		[field.attribute.t]: (from) => set({ tensor: readTensor(from, outside).value }),
		[field.attribute.g]: (from) => set({ graph: graph(from) }),
		[field.attribute.floats]: repeated(floats, (from) => from.float()),
		[field.attribute.ints]: repeated(ints, integer),
		[field.attribute.strings]: (from) => strings.push(from.string()),
	});
	// proto3 leaves out numbers that are 0 and lists that are empty: the type says which is meant.
	const empty: Record<number, OnnxAttribute> = {
		[field.attributeType.float]: { float: 0 },
		[field.attributeType.int]: { int: 0 },
		[field.attributeType.string]: { string: '' },
		[field.attributeType.floats]: { floats },
		[field.attributeType.ints]: { ints },
		[field.attributeType.strings]: { strings },
	};
	const list = ints.length > 0 ? { ints } : floats.length > 0 ? { floats } : strings.length > 0 ? { strings } : undefined;
	const value = list ?? single ?? empty[type];
	if (!value) unsupported(`attribute ${name} of type ${attributeTypes[type] ?? type}`, 'Export without it.');
	return [name, value];
}
