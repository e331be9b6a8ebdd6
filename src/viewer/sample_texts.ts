import type { ArchivedSample } from "../../mod.ts";
import type { SampleTexts } from "./view_data.ts";

/** The texts of a sample; empty ones of a file that cannot be used. */
export function sampleTexts(
  { name, path, entry }: ArchivedSample,
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
