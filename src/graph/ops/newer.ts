// Operators that are newer than the opset graphs are written in, and the opset that has them.

/** The first opset of an operator, where it is above 21. */
export const newer: Readonly<Record<string, number>> = {
	Attention: 23,
	RMSNormalization: 23,
};
