/** Where the worker stands that sends requests; the program of one file has a text of it in its place. */
export function workerEntry(): URL {
  return new URL("../../../workers/openrouter.ts", import.meta.url);
}
