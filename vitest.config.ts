import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { hang } from './test/limits.js';

// Tests import the package by its name: the built files, as users get them.
const dist = (path: string) => new URL(`./dist/${path}`, import.meta.url).pathname;
const cores = availableParallelism();

export default defineConfig({
	resolve: {
		alias: [
			{ find: /^textloom$/, replacement: dist('src/index.js') },
			{ find: /^textloom\/(graph|nn|optim|metrics|selection|decode|train)$/, replacement: `${dist('src/')}$1/index.js` },
			{ find: /^textloom\/(models|pipelines|corpora)\/(.+)$/, replacement: `${dist('')}$1/$2.js` },
		],
	},
	test: {
		include: ['test/**/*.test.ts'],
		setupFiles: ['test/setup.ts'],
		testTimeout: hang,
		hookTimeout: hang,
		teardownTimeout: hang,
		// Test files at a time, and tests of one file that run side by side: as many as there are cores.
		maxWorkers: cores,
		maxConcurrency: cores,
		server: { deps: { external: [/\/dist\//] } },
		// Corpora in the cache of whoever runs the tests are not for them.
		env: { XDG_CACHE_HOME: dist('no-cache') },
	},
});
