import type { CompressionFormat } from "../platform/compression.ts";
import { sampleFileName } from "./sample_file_name.ts";

/** The number of seeds that share a pack. Its samples are decompressed together, into about 10 MB. */
export const PACK_SEEDS = 1_000;

/** The name of the lock that a process holds while it changes the packs of a prompt. */
export const PACK_LOCK = ".samples.lock";

/** The formats of packs, the usual one first. */
export const PACK_FORMATS: readonly CompressionFormat[] = ["zst", "gz"];

/** The parts of a pack's file name. */
export interface PackName {
  /** The first of the {@linkcode PACK_SEEDS} seeds whose samples it can contain. */
  readonly firstSeed: number;
  readonly format: CompressionFormat;
}

/** Returns the file name of the pack that can contain a seed: `samples_00000-00999.jsonl.zst`. */
export function packName(seed: number, format: CompressionFormat): string {
  const first = seed - seed % PACK_SEEDS;
  const [start, end] = [first, first + PACK_SEEDS - 1]
    .map((seed) => sampleFileName(seed).slice("seed_".length, -".json".length));
  return `samples_${start}-${end}.jsonl.${format}`;
}

/** Parses a name of {@linkcode packName}. Returns `null` for every other name. */
export function readPackName(name: string): PackName | null {
  const match = /^samples_(\d{5,16})-\d+\.jsonl\.(zst|gz)$/.exec(name);
  if (match === null) return null;
  const firstSeed = Number(match[1]);
  const format = match[2] as CompressionFormat;
  return packName(firstSeed, format) === name ? { firstSeed, format } : null;
}
