import type { Settings } from "../options/settings.ts";
import type { PromptRequest } from "./build_request.ts";

/** The most stop sequences that the API accepts. The caller's own come first. */
const MAX_STOPS = 4;

/**
 * Renders the messages of a request to one text, if the request names a chat template. Only then is a
 * template engine loaded.
 *
 * @throws {TypeError} If the template rejects the messages.
 */
export async function renderTemplate(
  request: PromptRequest,
  { reasoning }: Settings,
): Promise<PromptRequest> {
  const { body, template, prefill, warnings } = request;
  if (template === null) return request;
  const { loadTemplate } = await import("./load_template.ts");
  const { markup, stop, render } = await loadTemplate(template);
  const { messages, ...others } = body;
  const raw = render(messages, {
    prefill,
    // Other templates do not contain it.
    reasoningEffort: markup === "harmony" ? reasoning?.effort : undefined,
  });
  const stops = [others.stop ?? [], stop].flat().slice(0, MAX_STOPS);
  // The rendered text contains what a chat request has in these fields.
  const { reasoning: _, include_reasoning: __, ...sent } = others;
  return {
    ...request,
    sentBody: { ...sent, prompt: raw.text, stop: stops },
    format: { markup, prefill: raw.prefill },
    warnings: [...warnings, ...raw.warnings],
  };
}
