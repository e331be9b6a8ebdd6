/** A file of the project, by its path from the package that npm has installed there, beside the tests. */
export function packageFile(path: string): URL {
  return new URL(path, import.meta.resolve("@rollouts/client/package.json"));
}
