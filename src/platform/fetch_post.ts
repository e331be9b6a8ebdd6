import { concatBytes } from "../util/concat_bytes.ts";
import { withAbortController } from "../util/with_abort_controller.ts";
import type { PostAnswer, PostRequest } from "./post.ts";

/** Sends a POST request with `fetch`: see {@linkcode Post}. */
export function fetchPost(
  { url, headers, body, maxAnswerBytes, signal }: PostRequest,
  fetch: typeof globalThis.fetch,
): Promise<PostAnswer> {
  return withAbortController(signal, async (controller) => {
    const answer = await fetch(url, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      signal: controller.signal,
    });
    return {
      status: answer.status,
      headers: answer.headers,
      body: await readBytes(answer, maxAnswerBytes),
    };
  });
}

/**
 * Reads a body, decompressed. Returns `null`, and ends the download, if it is longer than `maxBytes`:
 * an endless body, or a small one that is decompressed to gigabytes, would fill the memory.
 */
async function readBytes(
  answer: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const { headers } = answer;
  const announced = headers.get("content-length");
  // Reading all at once takes half the time of a stream. No body is longer than announced, except after
  // decompression.
  if (announced !== null && headers.get("content-encoding") === null) {
    if (Number(announced) <= maxBytes) {
      return new Uint8Array(await answer.arrayBuffer());
    }
    await answer.body?.cancel();
    return null;
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  // Iterating over the stream would take a fifth longer.
  const reader = answer.body?.getReader();
  for (;;) {
    const chunk = (await reader?.read())?.value;
    if (chunk === undefined) break;
    length += chunk.length;
    if (length > maxBytes) {
      await reader?.cancel();
      return null;
    }
    chunks.push(chunk);
  }
  const [first] = chunks;
  if (chunks.length === 1 && first !== undefined) return first;
  return concatBytes(chunks);
}
