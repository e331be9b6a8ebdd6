/** The parts of a prefill. */
export interface GivenBeginning {
  /** The part in the reasoning. */
  readonly reasoning: string;
  /** The part in the content, after `</think>`; empty if there is none. */
  readonly content: string;
}

/** Splits a prefill into its reasoning and, after `</think>`, its content. */
export function splitPrefill(prefill: string): GivenBeginning {
  const thought = prefill.replace(/^\s*<think>\s*/, "");
  const end = thought.indexOf("</think>");
  return end < 0 ? { reasoning: thought, content: "" } : {
    reasoning: thought.slice(0, end),
    content: thought.slice(end + "</think>".length),
  };
}
