// Durations as people write them: 90s, 20m, 1h30m.

const parts = /^(?=.)(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m(?:in)?)?(?:(\d+(?:\.\d+)?)s)?$/;

/** The seconds of a duration; `undefined` where it is none, or 0. */
export function secondsOf(duration: string): number | undefined {
	const [, hours = 0, minutes = 0, seconds = 0] = parts.exec(duration) ?? [];
	return 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds) || undefined;
}

/** Seconds as people read them: its two largest units. */
export function durationOf(seconds: number): string {
	const whole = Math.round(seconds);
	const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
	if (hours > 0) return `${hours}h${String(minutes).padStart(2, '0')}m`;
	return minutes > 0 ? `${minutes}m${String(whole % 60).padStart(2, '0')}s` : `${whole}s`;
}
