// The format of texts without labels.
import type { SourceFormat } from '../../stream/index.js';

/** Stdin has lines unless `--format` says otherwise. */
export function formatOfTexts(paths: readonly string[], format: SourceFormat | undefined): SourceFormat | undefined {
	return format ?? (paths.every((path) => path === '-') ? 'lines' : undefined);
}
