import { jsonScript } from "./json_script.ts";
import { DEFAULT_ERROR_MESSAGE } from "./late_error.ts";
import type { MockGeneration } from "./completion_body.ts";
import type { HtmlFault, StatusFault } from "./faults.ts";
import type { BodyScript, MockScript } from "./mock_script.ts";
import { streamScript, type StreamScriptOptions } from "./stream_reply.ts";
import { wholeScript } from "./whole_script.ts";

/** How a generation, or what goes wrong with it, is sent. */
export function generationScript(
  generation: MockGeneration,
  options: StreamScriptOptions,
): MockScript {
  const { fault, latencyMs } = options;
  switch (fault?.type) {
    case "stall_before":
      return { type: "silence" };
    case "connection_reset":
      return { type: "reset", delayMs: latencyMs };
    case "status":
      return statusScript(fault, generation.id, latencyMs);
    case "html_body":
      return htmlScript(fault, generation.id, latencyMs);
    default:
      return generation.request.stream
        ? streamScript(generation, options)
        : jsonScript(generation, fault, options);
  }
}

function statusScript(
  fault: StatusFault,
  generationId: string,
  delayMs: number,
): BodyScript {
  const { status, message = DEFAULT_ERROR_MESSAGE } = fault;
  const { metadata, availability } = fault;
  const error = { code: status, message, metadata, availability };
  return wholeScript(JSON.stringify({ error }), {
    status,
    generationId,
    delayMs,
    headers: { ...retryHeaders(fault), ...rateLimitHeaders(fault) },
  });
}

function retryHeaders({ retryAfter }: StatusFault): Record<string, string> {
  if (retryAfter === undefined) return {};
  const text = retryAfter instanceof Date
    ? retryAfter.toUTCString()
    : String(retryAfter);
  return { "retry-after": text };
}

function rateLimitHeaders({ rateLimit }: StatusFault): Record<string, string> {
  if (rateLimit === undefined) return {};
  return {
    "x-ratelimit-limit": String(rateLimit.limit),
    "x-ratelimit-remaining": String(rateLimit.remaining),
    "x-ratelimit-reset": String(rateLimit.reset),
  };
}

function htmlScript(
  { status = 502 }: HtmlFault,
  generationId: string,
  delayMs: number,
): BodyScript {
  const page = `<!DOCTYPE html>
<html><head><title>${status}</title></head><body><h1>Bad gateway</h1></body></html>
`;
  const script = wholeScript(page, {
    status,
    generationId,
    delayMs,
    headers: { "content-type": "text/html; charset=utf-8" },
  });
  return { ...script, isSuccess: false };
}
