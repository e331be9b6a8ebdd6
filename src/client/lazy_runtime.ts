import type { ClientOptions } from "../options/options.ts";
import { memoizeAsync } from "../util/memoize_async.ts";
import type { SamplingRuntime } from "./sampling_runtime.ts";

/** Loads the runtime, a third of the code, when the first sample is not cached. */
export class LazyRuntime {
  readonly load: () => Promise<SamplingRuntime>;
  #loaded: SamplingRuntime | null = null;
  #isStopped = false;
  #isClosed = false;

  constructor(options: ClientOptions) {
    this.load = memoizeAsync(async () => {
      const { SamplingRuntime } = await import("./sampling_runtime.ts");
      const runtime = new SamplingRuntime(options);
      this.#loaded = runtime;
      if (this.#isStopped) runtime.stop();
      if (this.#isClosed) await runtime.close();
      return runtime;
    });
  }

  /** Stops the runtime, now or when it is loaded. */
  stop(): void {
    this.#isStopped = true;
    this.#loaded?.stop();
  }

  /** Closes the runtime, now or when it is loaded. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#loaded?.close();
  }
}
