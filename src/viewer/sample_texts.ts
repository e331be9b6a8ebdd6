import type { CachedSample } from "../cache/cache_reader.ts";
import type { SampleTexts } from "./view_data.ts";

/** The texts of a sample; empty ones of a file that cannot be used. */
export function sampleTexts(
  { name, path, entry }: CachedSample,
): SampleTexts {
  const response = entry?.response;
  return {
    name,
    reasoning: response?.reasoning ?? null,
    content: response?.content ?? "",
    toolCalls: response?.toolCalls ?? [],
    path,
    responseId: response?.responseId ?? "",
    quantization: response?.quantization ?? null,
    systemFingerprint: response?.systemFingerprint ?? null,
  };
}
