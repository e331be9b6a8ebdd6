import type { Progress } from "../progress.ts";
import { parseJsonObject } from "../util/json_object.ts";
import { removeIfPossible } from "../platform/remove_if_possible.ts";
import { AtomicFileStore } from "./atomic_file_store.ts";

/** The state of a run, which its process stores in the cache directory for the viewer. */
export interface RunStatus
  extends Pick<Progress, "done" | "cached" | "failed" | "costUsd"> {
  /** The name of the file with the prompts, or `null` if it is stdin. */
  readonly dataSet: string | null;
  /** The model, or `null` if it is not known yet, or if there are several. */
  readonly model: string | null;
  /** The number of requested samples, or `null` if it is not known. */
  readonly total: number | null;
  /** The budget in US dollars, or `null` if there is none. */
  readonly maxCostUsd: number | null;
  /** The time since the run started, in milliseconds. */
  readonly elapsedMs: number;
}

/** How often the file is written, in milliseconds. */
const EVERY_MS = 1_000;

/** The names of the files. */
const NAME = /^\.run-[0-9a-f-]{36}\.json$/;

/** Whether a file of a cache directory is named like the status of a run. */
export function isRunStatusFile(name: string): boolean {
  return NAME.test(name);
}

/**
 * Stores the status of a run every second, until it is disposed of. A killed run leaves its file, which is
 * recognized because it no longer changes. A failure to store the status does not stop the run.
 */
export class RunStatusFile implements Disposable {
  readonly #files: AtomicFileStore;
  readonly #name = `.run-${crypto.randomUUID()}.json`;
  readonly #status: () => RunStatus;
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param status Returns the current status. */
  constructor(cacheDir: string, status: () => RunStatus) {
    this.#files = new AtomicFileStore(cacheDir, { durable: false });
    this.#status = status;
    this.#write();
    this.#timer = setInterval(() => this.#write(), EVERY_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    removeIfPossible(`${this.#files.root}/${this.#name}`);
  }

  #write(): void {
    try {
      this.#files.write([], this.#name, () => JSON.stringify(this.#status()));
    } catch {
      // Errors of writing are reported where samples are written.
    }
  }
}

/** Parses a status, or returns `null` if the text is not one. */
export function parseRunStatus(text: string): RunStatus | null {
  const status = parseJsonObject(text);
  if (status === null) return null;
  const { done, cached, failed, costUsd, total, maxCostUsd, elapsedMs } =
    status;
  const { dataSet, model } = status;
  const numbers = { done, cached, failed, costUsd, elapsedMs };
  const isStatus = Object.values(numbers).every(isAmount) &&
    [total, maxCostUsd].every((value) => value === null || isAmount(value)) &&
    [dataSet, model].every((value) =>
      value === null || typeof value === "string"
    );
  return isStatus
    ? { ...numbers, dataSet, model, total, maxCostUsd } as RunStatus
    : null;
}

function isAmount(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && Number.isFinite(value);
}
