import { open } from "node:fs/promises";
import process from "node:process";
import { Writable } from "node:stream";
import type { ByteSource } from "../deno/byte_streams.ts";
import { hasCode } from "./has_code.ts";
import { webStream } from "./web_stream.ts";

export function standardInput(): ByteSource {
  return webStream(process.stdin);
}

export function standardOutput(): WritableStream<Uint8Array> {
  return Writable.toWeb(process.stdout);
}

export function isBrokenPipe(error: unknown): boolean {
  return hasCode(error, "EPIPE");
}

export async function fileSource(path: string): Promise<ByteSource> {
  const file = await open(path);
  return webStream(file.createReadStream());
}

export async function newFileSink(
  path: string,
): Promise<WritableStream<Uint8Array>> {
  const file = await open(path, "wx");
  return Writable.toWeb(file.createWriteStream());
}
