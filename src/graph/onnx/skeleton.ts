// A model without its large numbers: they become numbers in another file, which is the model's own. So a file of any size is read in little memory.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import * as field from './fields.js';
import { type FileBytes, fieldsOf, type Range } from './file-fields.js';

/** Tensors below this stay where they are. Bytes. */
const smallTensor = 4096;

/** A model beside its tensors is small; more than this is no model but an attack. Bytes. */
const largestSkeleton = 2 ** 29;

/** The bytes of the model in which each large initializer says the place of its numbers in the same file. */
export async function skeleton(from: FileBytes): Promise<Uint8Array> {
	const budget = { left: largestSkeleton };
	const whole = { start: 0, end: from.length };
	return rewrite(from, whole, budget, {
		[field.model.graph]: (graph) =>
			rewrite(from, graph, budget, {
				[field.graph.initializer]: (tensor) => (tensor.end - tensor.start < smallTensor ? undefined : withoutNumbers(from, tensor, budget)),
			}),
	});
}

/** Bytes that may still be held in memory. */
interface Budget {
	left: number;
}

/** What stands for the content of a field, by number; undefined where it stays as it is. */
type Changes = Record<number, (content: Range) => Promise<Uint8Array> | undefined>;

async function rewrite(from: FileBytes, message: Range, budget: Budget, changes: Changes): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	for await (const { number, whole, content } of fieldsOf(from, message)) {
		const changed = await changes[number]?.(content);
		parts.push(changed ? delimited(number, changed) : await keep(from, whole, budget));
	}
	return Buffer.concat(parts);
}

async function keep(from: FileBytes, range: Range, budget: Budget): Promise<Uint8Array> {
	budget.left -= range.end - range.start;
	if (budget.left < 0) throw new RangeError(`more than ${largestSkeleton} bytes beside its initializers`);
	return from.read(range);
}

/** A tensor whose raw numbers are replaced by their place. */
async function withoutNumbers(from: FileBytes, tensor: Range, budget: Budget): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	let numbers: Range | undefined;
	for await (const { number, whole, content } of fieldsOf(from, tensor)) {
		if (number === field.tensor.rawData) numbers = content;
		else parts.push(await keep(from, whole, budget));
	}
	if (numbers) {
		const place = { location: '', offset: String(numbers.start), length: String(numbers.end - numbers.start) };
		for (const [key, value] of Object.entries(place)) {
			const pair = new BinaryWriter();
			pair.tag(field.property.key, WireType.LengthDelimited).string(key);
			pair.tag(field.property.value, WireType.LengthDelimited).string(value);
			parts.push(delimited(field.tensor.externalData, pair.finish()));
		}
		parts.push(new BinaryWriter().tag(field.tensor.dataLocation, WireType.Varint).int32(1).finish());
	}
	return Buffer.concat(parts);
}

function delimited(number: number, content: Uint8Array): Uint8Array {
	return new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(content).finish();
}
