import { queueNotLoaded } from "./queue_not_loaded.ts";

export function loadQueue(): Promise<typeof import("../../src/queue/mod.ts")> {
  return import("../../src/queue/mod.ts").catch(queueNotLoaded);
}
