// What every test file starts with. The inputs of properties are the same in each run: other seeds are for `npm run fuzz`, or for `{ seed }` in an assert.
import fc from 'fast-check';

fc.configureGlobal({ seed: 12 });
