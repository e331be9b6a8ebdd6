import { join } from "@std/path/join";
import { cacheDirectory } from "../../src/cache/cache_path.ts";
import { EntryWriter } from "../../src/cache/entry_writer.ts";
import { sampleFileName } from "../../src/cache/sample_file_name.ts";
import type { RequestBody } from "../../src/prompt.ts";
import { Response, type ResponseData } from "../../src/response.ts";
import { prefillMessages } from "../../src/request/prefill_messages.ts";
import { responseData } from "./response_data.ts";

/** A sample to write into a cache. */
export interface WrittenSample extends Partial<ResponseData> {
  /** The prompt. */
  readonly prompt?: string;
  /** The requested model. */
  readonly asked?: string;
}

/**
 * Writes a sample into a cache as a client does, without a client. Returns the path of its file.
 */
export async function writeSample(
  cacheDir: string,
  { prompt = "What is 2+2?", asked = "qwen/qwq-32b", ...fields }:
    WrittenSample = {},
): Promise<string> {
  const { messages } = prefillMessages(prompt, asked);
  const body: RequestBody = {
    model: asked,
    messages,
    temperature: 0.7,
    top_p: 0.95,
    max_tokens: 100,
  };
  const key = { prompt, body, otherEndpoint: null, route: null };
  const { reasoning = null, content = "4" } = fields;
  const data = responseData({
    ...fields,
    reasoning,
    content,
    full: reasoning === null ? content : `${reasoning}</think>${content}`,
    seed: fields.seed ?? 0,
  });
  const response = new Response(data, {
    cached: false,
    attempts: 1,
    quantization: null,
  });
  const directory = join(cacheDir, ...cacheDirectory(key));
  await Deno.mkdir(directory, { recursive: true });
  const path = join(directory, sampleFileName(response.seed));
  const temporary = join(directory, `.${crypto.randomUUID()}.tmp`);
  await Deno.writeTextFile(
    temporary,
    new EntryWriter(key, body).write(response, "null"),
  );
  await Deno.rename(temporary, path);
  return path;
}
