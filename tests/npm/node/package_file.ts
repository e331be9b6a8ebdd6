/** Returns the URL of a file, given its path relative to the installed package. */
export function packageFile(path: string): URL {
  return new URL(path, import.meta.resolve("@rollouts/client/package.json"));
}
