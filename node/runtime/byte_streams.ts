import { open } from "node:fs/promises";
import process from "node:process";
import { Readable, Writable } from "node:stream";
import type { ByteSource } from "../../src/runtime/byte_streams.ts";
import { hasCode } from "./has_code.ts";

export function standardInput(): ByteSource {
  return Readable.toWeb(process.stdin) as ByteSource;
}

export function standardOutput(): WritableStream<Uint8Array> {
  return Writable.toWeb(process.stdout);
}

export function isBrokenPipe(error: unknown): boolean {
  return hasCode(error, "EPIPE");
}

export async function fileSource(path: string): Promise<ByteSource> {
  const file = await open(path);
  return Readable.toWeb(file.createReadStream()) as ByteSource;
}

export async function newFileSink(
  path: string,
): Promise<WritableStream<Uint8Array>> {
  const file = await open(path, "wx");
  return Writable.toWeb(file.createWriteStream());
}
