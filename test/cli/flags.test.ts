// Rows of flags as types: what a command's `run` gets follows from them, and facts that flags need must be there.
import { expectTypeOf, it } from 'vitest';
import { defineCommand } from '../../dist/src/cli/command.js';
import { needing } from '../../dist/src/cli/flags/flag.js';
import { choice, flag, many, path, share, text, whole } from '../../dist/src/cli/flags/kinds.js';

const base = { parameters: {}, example: [] };

it('gives arguments and flags their types', () => {
	defineCommand({
		parameters: {
			run: { kind: path, value: 'RUN', help: '' },
			name: { kind: text, value: 'NAME', help: '', takes: 'optional' },
			action: { kind: choice('list', 'get'), value: 'list|get', help: '', takes: 'some' },
		},
		flags: {
			epochs: { kind: whole(1), value: 'N', help: '' },
			part: { kind: share, value: 'P', help: '', default: 0.5 },
			tables: { kind: choice('host', 'graph'), help: '', default: 'host' },
			shell: { kind: choice('bash', 'zsh'), help: '' },
			sample: { kind: flag, help: '' },
			mirror: { kind: many(text), value: 'URL', help: '' },
		},
		example: [],
		async run(parameters, flags) {
			expectTypeOf(parameters).toEqualTypeOf<{
				readonly run: string;
				readonly name: string | undefined;
				readonly action: readonly ('list' | 'get')[];
			}>();
			expectTypeOf(flags).toEqualTypeOf<{
				readonly epochs: number | undefined;
				readonly part: number;
				readonly tables: 'host' | 'graph';
				readonly shell: 'bash' | 'zsh' | undefined;
				readonly sample: boolean;
				readonly mirror: readonly string[];
			}>();
			return 0;
		},
	});
});

it('demands the facts that flags need', () => {
	const flags = needing('a FILE', { text: { kind: text, value: 'COLUMN', help: '' } });
	const run = async () => 0;
	defineCommand({ ...base, flags, facts: { 'a FILE': () => true }, run });
	// @ts-expect-error: the fact is missing.
	defineCommand({ ...base, flags, run });
	// @ts-expect-error: another fact.
	defineCommand({ ...base, flags, facts: { 'a pipeline': () => true }, run });
});
