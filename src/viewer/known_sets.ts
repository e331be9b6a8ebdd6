import { sha256Hex } from "../util/sha256_hex.ts";
import type { MutableSet } from "./sample_set.ts";
import type { SampleSet } from "./view_data.ts";
import type { IndexedSet } from "./view_index.ts";

/** A set and the viewer's state of it. */
export interface KnownSet extends IndexedSet {
  row: MutableSet;
  /** Whether a usable entry has described the set. */
  isDescribed: boolean;
  /** Whether the set is shown. */
  isChosen: boolean;
  /** Whether the index contains the words of the prompt. */
  isIndexed: boolean;
  /** The generation of the last change. */
  generation: number;
}

/** The sets of a cache, with a change counter. */
export class KnownSets {
  readonly #byNumber = new Map<number, KnownSet>();
  readonly #byId = new Map<string, KnownSet>();
  readonly #byDirectory = new Map<string, KnownSet[]>();
  readonly #removed = new Map<string, number>();
  #generation = 0;
  #highest = 0;

  /** The generation of the last change. */
  get generation(): number {
    return this.#generation;
  }

  /** Returns an unused number. */
  nextNumber(): number {
    return this.#highest + 1;
  }

  /** Excludes a number, and all lower ones, from use by new sets. */
  reserve(number: number): void {
    this.#highest = Math.max(this.#highest, number);
  }

  /** All sets, in the order in which they were found. */
  all(): Iterable<KnownSet> {
    return this.#byNumber.values();
  }

  /** The sets of a directory: more than one if models share it. */
  at(directory: string): readonly KnownSet[] {
    return this.#byDirectory.get(directory) ?? [];
  }

  /** The directories that have sets. */
  directories(): Iterable<string> {
    return this.#byDirectory.keys();
  }

  numbered(number: number): KnownSet | undefined {
    return this.#byNumber.get(number);
  }

  named(id: string): KnownSet | undefined {
    return this.#byId.get(id);
  }

  add(set: KnownSet): void {
    this.reserve(set.number);
    this.#byNumber.set(set.number, set);
    this.#byId.set(set.row.id, set);
    this.#byDirectory.set(set.directory, [...this.at(set.directory), set]);
    this.#removed.delete(set.row.id);
    this.change(set);
  }

  /** Records a change of a set. */
  change(set: KnownSet): void {
    set.generation = ++this.#generation;
  }

  /** Removes a set. */
  remove(set: KnownSet): void {
    this.#byNumber.delete(set.number);
    this.#byId.delete(set.row.id);
    const others = this.at(set.directory).filter((other) => other !== set);
    if (others.length > 0) this.#byDirectory.set(set.directory, others);
    else this.#byDirectory.delete(set.directory);
    this.#removed.set(set.row.id, ++this.#generation);
  }

  /** Removes all sets. */
  clear(): void {
    for (const set of [...this.all()]) this.remove(set);
  }

  /** The shown sets that changed after a generation. */
  changedSince(generation: number): SampleSet[] {
    return [...this.all()]
      .filter((set) => set.isChosen && set.generation > generation)
      .map(({ row }) => row);
  }

  /** The ids of the sets that were removed after a generation. */
  removedSince(generation: number): string[] {
    return [...this.#removed].filter(([, at]) => at > generation)
      .map(([id]) => id);
  }

  /** The id of a new set: a short hash that does not change between runs. */
  idOf(directory: string, model: string): string {
    const first = shortHash(directory);
    return this.#byId.has(first) ? shortHash(`${directory}\n${model}`) : first;
  }
}

function shortHash(text: string): string {
  return sha256Hex(text).slice(0, 16);
}
