// White space as Python has it, which scikit-learn's analyzers go by.

/** White space to Python, beside JavaScript's without the byte order mark: separators of files, groups, records, units, and the next line. */
const separators = '\\x1c-\\x1f\\x85';
const space = `(?:[^\\S\\ufeff]|[${separators}])`;
const several = new RegExp(`${space}{2,}`, 'g');
const any = new RegExp(`${space}+`);

/** The text with one blank for two or more white spaces in a row. */
export const oneSpace = (text: string): string => text.replace(several, ' ');

/** What stands between white space. */
export const spacedWords = (text: string): string[] => text.split(any).filter((word) => word !== '');
