/** Returns the path of a `file:` URL. */
export function fromFileUrl(url: URL | string): string;
