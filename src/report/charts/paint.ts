// The colours of charts: variables that a page sets for light and dark, with those of a light page where nothing sets them.

/** Names of colours, and what they are on a light page and on a dark one. */
export const colours = {
	paper: ['#ffffff', '#15181d'],
	panel: ['#f6f7f9', '#1c2026'],
	ink: ['#1b2027', '#e7eaef'],
	soft: ['#586270', '#a3adb9'],
	line: ['#dfe3e8', '#343b45'],
	first: ['#1f5fae', '#79b0ff'],
	second: ['#b8500f', '#f2a35c'],
	third: ['#14795c', '#5fcfae'],
	contrast: ['#ffffff', '#0d1116'],
} as const;

/** The name of a colour. */
export type Colour = keyof typeof colours;

/** A colour as a value of an attribute. */
export const paint = (colour: Colour): string => `var(--${colour}, ${colours[colour][0]})`;

/** The colours of lines, in their order. */
export const lineColours = ['first', 'second', 'third', 'soft'] as const satisfies readonly Colour[];
