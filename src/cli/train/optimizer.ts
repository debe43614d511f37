// The optimizer that the flags ask for: the recipe's with another rule, rate, schedule or clipping; its other transforms stay.
import {
	adagrad,
	adam,
	adamw,
	type Optimizer,
	partsOf,
	rmsprop,
	schedules,
	sgd,
	transformed,
	transforms,
	withRate,
} from '../../optim/index.js';
import type { Recipe, RunLength } from '../../train/recipes.js';
import { UsageError } from '../usage-error.js';
import type { TrainFlags } from './flags.js';
import { optimizers, type ScheduleWord, scheduleWords } from './optimizer-names.js';
import { optionsIn } from './set.js';

type OptimizerFlags = Pick<TrainFlags, 'optimizer' | 'optimizerSet' | 'rate' | 'schedule' | 'scheduleSet' | 'clip'>;
type Maker = (options: never) => Optimizer;

const makers: Readonly<Record<(typeof optimizers)[number], Maker>> = { adam, adamw, sgd, rmsprop, adagrad };

/** What a schedule is given where nobody says it: to go through the whole run. */
const usual: Readonly<Record<ScheduleWord, (run: RunLength, per: 'step' | 'epoch') => object>> = {
	constant: () => ({}),
	linear: (run, per) => ({ start: 1, end: 0, length: lengthOf(run, per) }),
	cosine: (run, per) => ({ length: lengthOf(run, per) }),
	'cosine-restarts': ({ stepsPerEpoch }, per) => ({ length: per === 'epoch' ? 1 : stepsPerEpoch }),
	warmup: (run, per) => ({ warmup: Math.ceil(lengthOf(run, per) / 10), length: lengthOf(run, per) }),
	'inverse-square-root': (run, per) => ({ warmup: Math.ceil(lengthOf(run, per) / 10) }),
	'one-cycle': (run, per) => ({ length: lengthOf(run, per) }),
	step: () => ({}),
	'multi-step': () => ({}),
	exponential: () => ({}),
	plateau: () => ({}),
};

const lengthOf = ({ epochs, steps }: RunLength, per: 'step' | 'epoch') => (per === 'epoch' ? epochs : steps);

/** Longer than any: what is refused here is refused whatever the run. */
const long: RunLength = { epochs: 1e6, steps: 1e12, stepsPerEpoch: 1e6 };

/** The recipe's optimizer, changed as the flags say. Throws a UsageError for options that it does not have. */
export function chooseOptimizer(given: NonNullable<Recipe['optimizer']>, flags: OptimizerFlags): NonNullable<Recipe['optimizer']> {
	const { optimizer, optimizerSet, rate, schedule, clip } = flags;
	if (optimizer === undefined && optimizerSet.length === 0 && rate === undefined && schedule === undefined && clip === undefined)
		return given;
	const make = (run: RunLength): Optimizer => {
		const { base, transforms: around } = partsOf(typeof given === 'function' ? given(run) : given);
		const replaced = [...(schedule === undefined ? [] : ['scheduled']), ...(clip === undefined ? [] : ['clipByNorm'])];
		return transformed(
			baseOf(base, flags),
			...around.filter(({ spec }) => !replaced.includes(spec.transform)),
			...(schedule === undefined ? [] : [transforms.scheduled(scheduleOf(schedule, flags.scheduleSet, run))]),
			...(clip === undefined ? [] : [transforms.clipByNorm({ norm: clip })]),
		);
	};
	const first = make(long);
	return typeof given === 'function' || schedule !== undefined ? make : first;
}

function baseOf(base: Optimizer, { optimizer, optimizerSet, rate }: OptimizerFlags): Optimizer {
	const set = optionsIn('optimizer-set', optimizerSet);
	if (rate !== undefined && 'rate' in set) throw new UsageError('expected --rate or --optimizer-set rate, got both.');
	if (optimizer === undefined && optimizerSet.length === 0) return rate === undefined ? base : withRate(base, rate);
	const name = optimizer ?? optimizers.find((name) => name === base.spec.optimizer);
	if (name === undefined) {
		throw new UsageError(`expected --optimizer beside --optimizer-set, got a recipe with the optimizer ${base.spec.optimizer} of its own.`);
	}
	// An optimizer that is named has options of its own, not the recipe's.
	const options = { ...(optimizer === undefined && (base.spec.options as object)), ...set, ...(rate !== undefined && { rate }) };
	return refusing('optimizer-set', () => makers[name](options as never));
}

function scheduleOf(word: ScheduleWord, given: readonly string[], run: RunLength) {
	const set = optionsIn('schedule-set', given);
	const options = { ...usual[word](run, set.per === 'epoch' ? 'epoch' : 'step'), ...set };
	return refusing('schedule-set', () => schedules[scheduleWords[word]](options as never));
}

function refusing<R>(flag: string, make: () => R): R {
	try {
		return make();
	} catch (error) {
		throw error instanceof RangeError || error instanceof TypeError ? new UsageError(`--${flag}: ${error.message}`) : error;
	}
}
