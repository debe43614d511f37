// How far the download of a file has come: the one form in which it is told, from the network to the command line.

/** Why and when an attempt is made again. */
export interface Retry {
	readonly reason: string;
	/** Milliseconds until then. */
	readonly wait: number;
}

/** How far the download of a file has come. */
export interface DownloadProgress {
	/** Its path below the folder. */
	readonly path: string;
	/** Bytes that are there, those of an earlier attempt among them. */
	readonly received: number;
	/** Bytes of the file, where known. */
	readonly total: number | undefined;
	/** Set where the connection dropped or was refused, and an attempt follows. */
	readonly retry?: Retry;
}
