export function workerEntry(): URL {
  // In the package it stands beside the file that this becomes a part of.
  return new URL("./worker.js", import.meta.url);
}
