import { queueNotLoaded } from "./queue_not_loaded.ts";

export function loadQueue(): Promise<typeof import("../../queue/mod.ts")> {
  return import("../../queue/mod.ts").catch(queueNotLoaded);
}
