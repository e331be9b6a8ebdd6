import type { Readable } from "node:stream";
import type { ByteStream } from "../fs.ts";

/**
 * Converts a Node stream to a web stream, whose cancellation destroys it. `Readable.toWeb()` throws an
 * uncaught error if it is cancelled while the stream ends (https://github.com/nodejs/node/issues/54205),
 * and `ReadableStream.from()` does not destroy the stream before the first read.
 */
export function webStream(stream: Readable): ByteStream {
  const chunks = stream[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => {
      stream.destroy();
    },
  }, { highWaterMark: 0 });
}
