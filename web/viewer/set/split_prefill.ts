/** The beginning that a model was given, told apart. */
export interface GivenBeginning {
  /** Of the thought. */
  readonly reasoning: string;
  /** Of the answer, where the thought was closed; else empty. */
  readonly content: string;
}

/** Tells apart the beginning of a thought and, behind `</think>`, that of an answer. */
export function splitPrefill(prefill: string): GivenBeginning {
  const thought = prefill.replace(/^\s*<think>\s*/, "");
  const end = thought.indexOf("</think>");
  return end < 0 ? { reasoning: thought, content: "" } : {
    reasoning: thought.slice(0, end),
    content: thought.slice(end + "</think>".length),
  };
}
