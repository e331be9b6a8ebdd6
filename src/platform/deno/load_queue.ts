/**
 * Loads what commands do with a queue: not before it is needed, so that `--help` says what there is where
 * the packages of it are not installed.
 *
 * @throws {QueueError} Where they are not, as can be on Node.
 */
export function loadQueue(): Promise<typeof import("../../queue/mod.ts")> {
  return import("../../queue/mod.ts");
}
