import type { Readable } from "node:stream";
import type { ByteSource } from "../../src/runtime/byte_streams.ts";

/**
 * What a stream of Node's gives. `Readable.toWeb()` throws where nobody can catch it when it is cancelled
 * while the stream ends: https://github.com/nodejs/node/issues/54205.
 */
export function webStream(stream: Readable): ByteSource {
  return ReadableStream.from(stream);
}
