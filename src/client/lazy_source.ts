import type { SampleSource, SampleSourceOptions } from "./sample_source.ts";

/**
 * A {@linkcode SampleSource} that is loaded when the first sample is missing: its files are a third
 * of what a program loads that only reads cached ones.
 */
export class LazySource {
  readonly #options: SampleSourceOptions;
  #loading: Promise<SampleSource> | null = null;
  #source: SampleSource | null = null;
  #isStopped = false;
  #isClosed = false;

  /** Prepares for it; nothing is loaded yet. */
  constructor(options: SampleSourceOptions) {
    this.#options = options;
  }

  /** The source. */
  async load(): Promise<SampleSource> {
    return await (this.#loading ??= this.#load());
  }

  /** Starts no more requests, now or later. */
  stop(): void {
    this.#isStopped = true;
    this.#source?.stop();
  }

  /** Ends the workers, and starts none later. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#source?.close();
  }

  async #load(): Promise<SampleSource> {
    const { SampleSource } = await import("./sample_source.ts");
    const source = await SampleSource.load(this.#options);
    this.#source = source;
    if (this.#isStopped) source.stop();
    if (this.#isClosed) await source.close();
    return source;
  }
}
