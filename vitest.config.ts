import { defineConfig } from 'vitest/config';

// Tests import the package by its name: the built files, as users get them.
const dist = (path: string) => new URL(`./dist/${path}`, import.meta.url).pathname;

export default defineConfig({
	resolve: {
		alias: [
			{ find: /^textloom$/, replacement: dist('src/index.js') },
			{ find: /^textloom\/(models|pipelines|corpora)\/(.+)$/, replacement: `${dist('')}$1/$2.js` },
		],
	},
	test: {
		include: ['test/**/*.test.ts'],
		testTimeout: 60_000,
		hookTimeout: 60_000,
		server: { deps: { external: [/\/dist\//] } },
		// Corpora in the cache of whoever runs the tests are not for them.
		env: { XDG_CACHE_HOME: dist('no-cache') },
	},
});
