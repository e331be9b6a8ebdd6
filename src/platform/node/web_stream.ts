import type { Readable } from "node:stream";
import type { ByteStream } from "../fs.ts";

/**
 * What a stream of Node's gives; who cancels it destroys that. `Readable.toWeb()` throws where nobody can
 * catch it when it is cancelled while the stream ends (https://github.com/nodejs/node/issues/54205), and
 * `ReadableStream.from()` destroys nothing before the first read.
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
