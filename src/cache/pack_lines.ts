import { compression } from "../platform/deno/compression.ts";
import { decodeUtf8 } from "../util/decode_utf8.ts";
import { isJsonObject } from "../util/json_object.ts";

/** The content of files by their names. */
export type PackedFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** The version of the format, in the first line of each pack. */
const VERSION = 1;

const [TAB, NEWLINE, QUOTE] = [0x09, 0x0a, 0x22];
const encoder = new TextEncoder();
const START = encoder.encode('{"name":"');
const ENTRY = encoder.encode('","entry":');
const TEXT = encoder.encode('","text":');
const END = encoder.encode("}\n");
/** The index at which the two keys begin to differ. */
const KEY_AT = '","'.length;

/**
 * Encodes files as JSON lines. The first line has the version, the number of files, and the CRC-32 of the
 * other lines. Each of these has the name of a file and its JSON, with tabs instead of line ends. If the file
 * contains tabs or is not JSON on its own, the line has its text instead.
 *
 * @throws {TypeError} If a file is not UTF-8.
 */
export function encodePackLines(files: PackedFiles): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const sorted = [...files]
    .sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  for (const [name, bytes] of sorted) {
    const isPlain = bytes[0] === 0x7b && !bytes.includes(TAB);
    parts.push(START, encoder.encode(name));
    if (isPlain) parts.push(ENTRY, replaced(bytes, NEWLINE, TAB));
    else parts.push(TEXT, encoder.encode(JSON.stringify(EXACT.decode(bytes))));
    parts.push(END);
  }
  const lines = concat(parts);
  const head = {
    format: "rollouts-samples",
    version: VERSION,
    samples: files.size,
    crc32: compression.crc32(lines),
  };
  return concat([encoder.encode(`${JSON.stringify(head)}\n`), lines]);
}

/** The lines of a pack. Files are decoded when they are asked for. */
export class PackLines {
  readonly #bytes: Uint8Array;
  /** The offsets at which the lines of files start. */
  readonly #starts: ReadonlyMap<string, number>;

  /**
   * Finds the files in decompressed lines.
   *
   * @throws {Error} If they are incomplete or damaged, or a newer release wrote them.
   */
  constructor({ buffer, byteOffset, length }: Uint8Array) {
    // A `Buffer` of Deno takes several times as long to search and to cut.
    const bytes = new Uint8Array(buffer, byteOffset, length);
    const start = bytes.indexOf(NEWLINE) + 1;
    const { samples, crc32 } = readHead(
      new Uint8Array(bytes.subarray(0, start)),
    );
    if (compression.crc32(bytes.subarray(start)) !== crc32) {
      throw new Error("it is damaged or incomplete: its checksum differs");
    }
    const starts = new Map<string, number>();
    for (let at = start; at < bytes.length; at = lineEnd(bytes, at) + 1) {
      starts.set(nameAt(bytes, at), at);
    }
    if (starts.size !== samples) {
      throw new Error(`it contains ${starts.size} samples, not ${samples}`);
    }
    this.#bytes = bytes;
    this.#starts = starts;
  }

  /** The names of the files. */
  get names(): Iterable<string> {
    return this.#starts.keys();
  }

  /** Iterates over the files. */
  *files(): Generator<[name: string, bytes: Uint8Array<ArrayBuffer>]> {
    for (const name of this.#starts.keys()) yield [name, this.read(name)!];
  }

  /** Returns the content of a file, or `null` if it does not contain it. */
  read(name: string): Uint8Array<ArrayBuffer> | null {
    const start = this.#starts.get(name);
    if (start === undefined) return null;
    const bytes = this.#bytes;
    const valueAt = start + START.length + name.length;
    const end = lineEnd(bytes, start) - (END.length - 1);
    const isEntry = bytes[valueAt + KEY_AT] === ENTRY[KEY_AT];
    return isEntry
      ? replaced(bytes.subarray(valueAt + ENTRY.length, end), TAB, NEWLINE)
      : encoder.encode(
        JSON.parse(EXACT.decode(bytes.subarray(valueAt + TEXT.length, end))),
      );
  }
}

function readHead(
  line: Uint8Array<ArrayBuffer>,
): { readonly samples: unknown; readonly crc32: unknown } {
  let head: unknown;
  try {
    head = JSON.parse(decodeUtf8(line) ?? "");
  } catch {
    head = null;
  }
  if (!isJsonObject(head) || head.format !== "rollouts-samples") {
    throw new Error("it is not a pack of samples");
  }
  if (head.version !== VERSION) {
    throw new Error("a newer release of this package wrote it");
  }
  return { samples: head.samples, crc32: head.crc32 };
}

function lineEnd(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(NEWLINE, start);
  return end < 0 ? bytes.length : end;
}

function nameAt(bytes: Uint8Array, line: number): string {
  const start = line + START.length;
  const end = bytes.indexOf(QUOTE, start);
  // Names are ASCII. A view of the bytes and a spread would take longer.
  let name = "";
  for (let at = start; at < end; at++) name += String.fromCharCode(bytes[at]!);
  return name;
}

/** Keeps a byte order mark. */
const EXACT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Returns a copy with one byte instead of another. */
function replaced(
  bytes: Uint8Array,
  from: number,
  to: number,
): Uint8Array<ArrayBuffer> {
  // The bytes may be a Buffer, whose slice() does not copy.
  const copy = new Uint8Array(bytes);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) {
    copy[at] = to;
  }
  return copy;
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
