// Reads a tree of texts, or takes a member out of a zip archive, and says what came of it and how much memory that took.

import { textFiles } from 'textloom/corpora/formats/tree';
import { unzipMember } from 'textloom/corpora/get/unzip';

const { tree, zip, path, file, onError } = JSON.parse(process.argv[2]);
const before = process.memoryUsage.rss();
const names = [];
let error;
try {
	if (zip) await unzipMember(zip, path, file);
	else {
		const pick = (name) => (name.endsWith('.txt') ? (text) => ({ name, length: text.length }) : undefined);
		for await (const { name, length } of textFiles(tree, { pick, onError })) names.push([name, length]);
	}
} catch (thrown) {
	error = `${thrown.name}: ${thrown.message}`;
}
// `maxRSS` is in kilobytes.
console.log(JSON.stringify({ names, error, grown: (process.resourceUsage().maxRSS * 1024 - before) / 1e6 }));
