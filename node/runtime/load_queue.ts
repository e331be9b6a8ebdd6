import { queueLoadError } from "./queue_load_error.ts";

export async function loadQueue(): Promise<
  typeof import("../../src/queue/mod.ts")
> {
  try {
    return await import("../../src/queue/mod.ts");
  } catch (error) {
    throw queueLoadError(error);
  }
}
