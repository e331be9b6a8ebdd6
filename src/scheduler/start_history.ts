/** When the requests of an account started, as far back as a limit needs to know. */
export class StartHistory {
  #times: number[] = [];
  #first = 0;
  #keepMs = 0;

  /** Has starts remembered for at least so long, in milliseconds. */
  keep(ms: number): void {
    this.#keepMs = Math.max(this.#keepMs, ms);
  }

  /** Adds a start; times never go back. */
  add(now: number): void {
    this.#times.push(now);
    while (this.#times[this.#first]! < now - this.#keepMs) this.#first++;
    if (this.#first * 2 >= this.#times.length) {
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
  }

  /** The time of the `n`-th start from the end, 1 for the last; -Infinity where there is none. */
  nthLast(n: number): number {
    const index = this.#times.length - n;
    return index < this.#first ? -Infinity : this.#times[index]!;
  }
}
