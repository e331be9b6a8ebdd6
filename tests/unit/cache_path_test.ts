import { assertEquals } from "@std/assert";
import vectors from "../testdata/cache_paths.json" with { type: "json" };
import { cacheDirectory } from "../../src/cache/cache_path.ts";
import { sampleFileName } from "../../src/cache/sample_file_name.ts";
import type { Prompt } from "../../src/prompt.ts";
import { requestBody } from "../../src/request/request_body.ts";
import { resolveOptions } from "../../src/options/resolve_options.ts";

for (const { note, input, path } of vectors.cases) {
  Deno.test(`cacheDirectory() gives the Python package's path: ${note}`, () => {
    const settings = resolveOptions({
      model: input.model,
      temperature: input.temperature,
      topP: input.top_p,
      maxTokens: input.max_tokens,
      topK: input.top_k ?? undefined,
      presencePenalty: input.presence_penalty,
      frequencyPenalty: input.frequency_penalty,
      provider: input.provider ?? undefined,
    });
    const directory = cacheDirectory({
      prompt: input.prompt as Prompt,
      body: requestBody([], settings),
      otherEndpoint: null,
      route: null,
    });
    assertEquals([...directory, sampleFileName(input.seed)].join("/"), path);
  });
}
