import type { Settings } from "../options/settings.ts";
import type { PromptPlan } from "./plan_prompt.ts";
import type { SentPrompt } from "./sent_prompt.ts";

/**
 * What is sent for a prompt: the messages, or the one text that the model's chat template makes of them.
 * Who needs no template loads none.
 *
 * @throws {TypeError} Where the template cannot hold the messages.
 */
export async function sendPrompt(
  { body, template, prefill }: PromptPlan,
  { reasoning }: Settings,
): Promise<SentPrompt> {
  if (template === null) return { body, format: null, warnings: [] };
  const { loadTemplate } = await import("./load_template.ts");
  const { markup, stop, render } = await loadTemplate(template);
  const { messages, ...others } = body;
  const raw = render(messages, {
    prefill,
    // Other models have no place for it.
    reasoningEffort: markup === "harmony" ? reasoning?.effort : undefined,
  });
  const stops = [others.stop ?? [], stop].flat().slice(0, MOST_STOPS);
  // What a chat tells the model about thinking stands in the text itself.
  const { reasoning: _, include_reasoning: __, ...sent } = others;
  return {
    body: { ...sent, prompt: raw.text, stop: stops },
    format: { markup, prefill: raw.prefill },
    warnings: raw.warnings,
  };
}

/** As many as the API takes; the caller's own come first. */
const MOST_STOPS = 4;
