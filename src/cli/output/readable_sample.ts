import type { CachedSample } from "../../../mod.ts";
import { escapeControlChars } from "../../util/escape_control_chars.ts";

/** A sample of a cache as people read it: what it is and was asked with, its thought, its answer. */
export function readableSample(
  { name, entry, problem }: CachedSample,
): string {
  const fault = problem === null ? "" : `   not used: ${problem}\n`;
  if (entry === null) return escapeControlChars(`── ${name}\n${fault}`);
  const { response, parameters } = entry;
  const { seed, finishReason, provider, latencyMs } = response;
  const { promptTokens, completionTokens, reasoningTokens, cost } =
    response.usage;
  const thought = reasoningTokens === null
    ? ""
    : ` (${reasoningTokens} of thought)`;
  const facts = [
    finishReason ?? "no finish reason",
    `${promptTokens} tokens in, ${completionTokens} out${thought}`,
    cost === null ? "cost not known" : `$${cost}`,
    ...(latencyMs === null ? [] : [`${Math.round(latencyMs)} ms`]),
  ].join(", ");
  const served = `${response.model} by ${provider ?? "a provider not known"}` +
    (response.created > 0 ? `, ${isoTime(response.created)}` : "");
  const asked = Object.entries(parameters)
    .map(([field, value]) => `${field} ${JSON.stringify(value)}`).join(", ");
  const head = escapeControlChars(
    `── seed ${seed} (${facts})\n   ${served}\n   ${entry.model}: ${asked}\n${fault}`,
  );
  const { reasoning, content, completedReasoning } = response;
  const end = completedReasoning ? "\n</think>\n" : "\n";
  const text = reasoning === null ? content : `${reasoning}${end}${content}`;
  return `${head}${escapeControlChars(text)}\n`;
}

function isoTime(unixSeconds: number): string {
  const date = new Date(unixSeconds * 1000);
  return Number.isNaN(date.getTime()) ? "?" : date.toISOString();
}
