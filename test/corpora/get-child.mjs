// Downloads a corpus of one file in a process of its own: FOLDER BASE SIZE SHA256. Says that it begins, then what became of the file.
import { download } from '../../dist/corpora/download.js';

const [folder, base, size, sha256] = process.argv.slice(2);
const file = { path: 'one/file.txt', rows: 3, size: Number(size), sha256, url: 'https://published.test/file.txt' };
const corpus = { name: 'one-file', published: 'https://published.test/', splits: { train: 3 }, files: { train: [file] } };
process.stdout.write('begun\n');
const [done] = await download(corpus, { folder, mirrors: { 'https://published.test/': base }, idle: 1_200_000 });
process.stdout.write(`${done.state}\n`);
