// Runs an ONNX model in ONNX Runtime. The only file that imports onnxruntime-node.
import { env, InferenceSession, listSupportedBackends, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Tensor } from '../../tensors/tensor.js';
import { surveyBytes, surveyFile } from '../onnx/survey.js';
import { discard } from './discard.js';
import { checkFeeds, checkRoom, checkTargets, type FedInput } from './feeds.js';
import { openError, runError } from './run-error.js';

/** Where a session runs and with how many threads. */
export interface RunOptions {
	/** Threads inside one operator; as many as there are cores by default. */
	readonly threads?: number;
	/** An execution provider of ONNX Runtime: `cpu` by default, `webgpu`, `cuda`, `dml`, `coreml`. */
	readonly device?: string;
	/** A file to write a timeline of every node to (Chrome trace format); ends with `release`. */
	readonly profile?: string;
	/** Off: nodes run one by one as the model has them, none fused or left out. Default on. */
	readonly optimize?: boolean;
}

/** What a run gives, and where to. */
export interface RunTargets<Target = Tensor> {
	/** The outputs wanted. Default: all. */
	readonly outputs?: readonly string[];
	/** Where results are written, by name; these are computed whatever `outputs` says. */
	readonly into?: Readonly<Record<string, Target>>;
}

/** A model ready to run. `release` it when done: it holds native memory. */
export interface Session {
	readonly inputs: readonly string[];
	readonly outputs: readonly string[];
	/**
	 * Runs the model. The tensors of `into` are written in place and are the results of their names; other results are made anew. Feeds that
	 * the model does not take are left out.
	 *
	 * @throws {TypeError} for a missing input or another element type.
	 * @throws {ShapeError} for feeds whose shapes do not fit the inputs.
	 * @throws {RangeError} where a node fails, and, with `trace`, where a result is not finite.
	 */
	run(feeds: Readonly<Record<string, Tensor>>, targets?: RunTargets): Promise<Record<string, Tensor>>;
	release(): Promise<void>;
}

/**
 * A session from the bytes of an ONNX model, or from its path.
 *
 * @throws {RangeError} for a model that ONNX Runtime refuses, and for bytes whose numbers are in other files.
 */
export async function openSession(
	model: Uint8Array | string,
	{ threads, device = 'cpu', profile, optimize = true }: RunOptions = {},
): Promise<Session> {
	const who = typeof model === 'string' ? model : `a model of ${model.length} bytes`;
	await expectSound(model, who);
	// Bytes or path: `create` takes each, but its types do not take either.
	const session = await InferenceSession.create(model as string, {
		executionProviders: [device],
		graphOptimizationLevel: optimize ? 'all' : 'disabled',
		...(threads !== undefined && { intraOpNumThreads: threads }),
		// Errors are thrown: in the log they would be said twice.
		logSeverityLevel: 4,
		...(profile !== undefined && { enableProfiling: true, profileFilePrefix: profile }),
	}).catch((error: Error) => {
		throw openError(error, who);
	});
	const declared = (values: typeof session.inputMetadata): FedInput[] =>
		values.flatMap((given) => (given.isTensor ? [{ name: given.name, dtype: given.type, shape: given.shape }] : []));
	const [inputs, results] = [declared(session.inputMetadata), declared(session.outputMetadata)];
	return {
		inputs: session.inputNames,
		outputs: session.outputNames,
		async run(feeds, targets = {}) {
			checkFeeds(inputs, feeds);
			checkTargets(targets);
			const { outputs = session.outputNames, into = {} } = targets;
			const wanted = [...new Set([...outputs, ...Object.keys(into)])];
			const unknown = wanted.filter((name) => !session.outputNames.includes(name));
			if (unknown.length > 0) {
				throw new TypeError(`session: expected outputs among ${session.outputNames.join(', ')}, got ${unknown.join(', ')}. Ask for these.`);
			}
			// ONNX Runtime takes no names for all of them.
			if (wanted.length === 0) return {};
			checkRoom(results, into);
			const run = session.run(
				mapValues(feeds, toOrt),
				Object.fromEntries(wanted.map((name) => [name, into[name] ? toOrt(into[name]) : null])),
			);
			const made = await run.catch((error: Error) => {
				throw runError(error, inputs, feeds, into);
			});
			// ONNX Runtime writes into the tensors that it is given, and returns copies beside them.
			return Object.fromEntries(
				Object.entries(made).map(([name, value]) => {
					const given = into[name];
					if (!given) return [name, fromOrt(value)];
					const { buffer } = value.data as Float32Array;
					if (buffer !== given.data.buffer) discard(buffer as ArrayBuffer);
					return [name, given];
				}),
			);
		},
		async release() {
			if (profile !== undefined) session.endProfiling();
			await session.release();
		},
	};
}

/** The devices that this build of ONNX Runtime can run on. */
export function devices(): { name: string; bundled: boolean }[] {
	return listSupportedBackends().map(({ name, bundled }) => ({ name, bundled }));
}

/** The version of ONNX Runtime. */
export const runtimeVersion: string = env.versions.node ?? env.versions.common;

// The types of ONNX Runtime tie each dtype to its array one by one; here any of them passes.
const toOrt = ({ dtype, data, shape }: Tensor) => new OrtTensor(dtype as 'float32', data as Float32Array, shape as number[]);
function fromOrt({ type, data, dims }: OrtTensor): Tensor {
	// A Node.js that has Float16Array gets one; here 16-bit floats are their bits.
	const bits = type === 'float16' && !(data instanceof Uint16Array) && ArrayBuffer.isView(data);
	const numbers = bits ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) : data;
	return { dtype: type, data: numbers, shape: dims } as Tensor;
}

/**
 * Refuses what would hang ONNX Runtime or lead it astray: counts that are not so, and bytes with numbers in other files. These are read from the
 * folder of a model's file; bytes have none, and the working directory is not meant.
 */
async function expectSound(model: Uint8Array | string, who: string): Promise<void> {
	let outside: string | undefined;
	try {
		if (typeof model === 'string') await surveyFile(model);
		else [outside] = surveyBytes(model).outside;
	} catch (error) {
		throw openError(error as Error, who);
	}
	if (outside === undefined) return;
	throw new RangeError(
		`session: expected a model with its numbers in it, got one with numbers in the file ${JSON.stringify(outside)}. Give the path of the model instead of its bytes, or save it as one file.`,
	);
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
