import { sha256Hex } from "../util/sha256_hex.ts";
import type { GrowingSummary } from "./set_summary.ts";
import type { SampleSet } from "./view_data.ts";

/** A set whose summary grows. */
export interface GrowingSet extends Omit<SampleSet, "summary"> {
  /** What its samples add up to. */
  readonly summary: GrowingSummary;
}

/** A set that is known. */
export interface KnownSet {
  /** Its number in the index. */
  readonly number: number;
  /** Its directory below the cache's, its names with `/` between them. */
  readonly directory: string;
  /** Whether one of its samples has told what it is about. */
  isTold: boolean;
  /** Whether it is shown. */
  isChosen: boolean;
  /** Whether the index has the words of its prompt. */
  isIndexed: boolean;
  /** The set. */
  row: GrowingSet;
  /** When it changed last. */
  generation: number;
}

/** The sets of a cache, and which of them have changed since they were asked for. */
export class KnownSets {
  readonly #byNumber = new Map<number, KnownSet>();
  readonly #byId = new Map<string, KnownSet>();
  readonly #byDirectory = new Map<string, KnownSet[]>();
  readonly #removed = new Map<string, number>();
  #generation = 0;
  #highest = 0;

  /** It grows with every change. */
  get generation(): number {
    return this.#generation;
  }

  /** A number that no set has. */
  nextNumber(): number {
    return this.#highest + 1;
  }

  /** Gives no new set a number that is not higher. */
  reserve(number: number): void {
    this.#highest = Math.max(this.#highest, number);
  }

  /** All, in the order in which they were found. */
  all(): Iterable<KnownSet> {
    return this.#byNumber.values();
  }

  /** The sets of a directory: more than one where models share it. */
  at(directory: string): readonly KnownSet[] {
    return this.#byDirectory.get(directory) ?? [];
  }

  /** The directories that have sets. */
  directories(): Iterable<string> {
    return this.#byDirectory.keys();
  }

  /** The set of a number. */
  numbered(number: number): KnownSet | undefined {
    return this.#byNumber.get(number);
  }

  /** The set of an id. */
  named(id: string): KnownSet | undefined {
    return this.#byId.get(id);
  }

  /** Adds one. */
  add(set: KnownSet): void {
    this.reserve(set.number);
    this.#byNumber.set(set.number, set);
    this.#byId.set(set.row.id, set);
    this.#byDirectory.set(set.directory, [...this.at(set.directory), set]);
    this.#removed.delete(set.row.id);
    this.change(set);
  }

  /** Notes that one has changed. */
  change(set: KnownSet): void {
    set.generation = ++this.#generation;
  }

  /** Removes one. */
  remove(set: KnownSet): void {
    this.#byNumber.delete(set.number);
    this.#byId.delete(set.row.id);
    const others = this.at(set.directory).filter((other) => other !== set);
    if (others.length > 0) this.#byDirectory.set(set.directory, others);
    else this.#byDirectory.delete(set.directory);
    this.#removed.set(set.row.id, ++this.#generation);
  }

  /** Removes all. */
  clear(): void {
    for (const set of [...this.all()]) this.remove(set);
  }

  /** Those that are shown and have changed since a generation. */
  changedSince(generation: number): SampleSet[] {
    return [...this.all()]
      .filter((set) => set.isChosen && set.generation > generation)
      .map(({ row }) => row);
  }

  /** The ids of those that are gone since a generation. */
  removedSince(generation: number): string[] {
    return [...this.#removed].filter(([, at]) => at > generation)
      .map(([id]) => id);
  }

  /** The id of a new set: short, and the same whenever the directory is looked at. */
  idOf(directory: string, model: string): string {
    const first = shortHash(directory);
    return this.#byId.has(first) ? shortHash(`${directory}\n${model}`) : first;
  }
}

function shortHash(text: string): string {
  return sha256Hex(text).slice(0, 16);
}
