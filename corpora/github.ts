// Files that a GitHub repository publishes, at one commit: the bytes behind such an address never change.

/** Addresses of a repository's files at a commit. */
export function github(repository: string, commit: string): (path: string) => string {
	return (path) => `https://raw.githubusercontent.com/${repository}/${commit}/${path}`;
}

/** The licence of corpora that state none. */
export const closedLicence = 'research / non-commercial use; no open licence, not to be passed on';
