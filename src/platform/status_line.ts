import { stdio } from "./deno/stdio.ts";
import { system } from "./deno/system.ts";

/** The minimum time between two updates, in milliseconds. */
const INTERVAL_MS = 100;

/** The width of a terminal that does not report one. */
const USUAL_WIDTH = 80;

/**
 * A line on stderr, which must be a terminal, that changes and then disappears. A message of the library
 * replaces it until it changes again. It changes no terminal mode, so that a killed process leaves none behind.
 */
export class StatusLine {
  #lineFor: ((width: number) => string) | null = null;
  #clearTimer: (() => void) | null = null;

  /**
   * Shows a line, now or soon.
   *
   * @param lineFor Returns the line, which must not be wider than `width`.
   */
  show(lineFor: (width: number) => string): void {
    this.#lineFor = lineFor;
    if (this.#clearTimer === null) this.#draw(lineFor);
  }

  /** Removes the line. */
  remove(): void {
    if (this.#clearTimer !== null || this.#lineFor !== null) {
      stdio.writeError("\r\x1b[2K");
    }
    this.#clearTimer?.();
    this.#clearTimer = null;
    this.#lineFor = null;
  }

  #draw(lineFor: (width: number) => string): void {
    // Some terminals wrap as soon as the last column is written.
    const width = (stdio.columns("stderr") || USUAL_WIDTH) - 1;
    stdio.writeError(`\r${lineFor(width)}\x1b[K`);
    this.#clearTimer = system.setUnrefTimeout(() => {
      this.#clearTimer = null;
      if (this.#lineFor !== null && this.#lineFor !== lineFor) {
        this.#draw(this.#lineFor);
      }
    }, INTERVAL_MS);
  }
}
