export function workerEntry(): URL {
  // In the package it stands beside the file that this becomes a part of. A bundler may move that to where
  // a program has a worker of its own, which must not be taken for it.
  return new URL("./rollouts-worker.js", import.meta.url);
}
