import { isJsonObject, type JsonObject } from "../util/json_object.ts";

/** Returns warnings about what OpenRouter did with a request, from the `openrouter_metadata` of its answer. */
export function routingWarnings(body: JsonObject): string[] {
  const metadata = body.openrouter_metadata;
  if (!isJsonObject(metadata) || !Array.isArray(metadata.pipeline)) return [];
  const isCompressed = metadata.pipeline.some((stage) =>
    isJsonObject(stage) && stage.type === "context_compression"
  );
  return isCompressed
    ? [
      "OpenRouter compressed the prompt: the model did not read all of it; to prevent that, set " +
      'extraBody: { plugins: [{ id: "context-compression", enabled: false }] }',
    ]
    : [];
}
