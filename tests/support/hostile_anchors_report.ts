import type { AnchorsReport } from "../../src/resampling/anchors_report.ts";

/** Texts that would become markup or code if not treated as plain text. */
export const HOSTILE_TEXTS: readonly string[] = [
  "<script>alert(1)</script>",
  "</script><script>alert(2)</script>",
  "<!-- <script> --> <!--",
  "<!-- samples --> $& $1 ${alert(3)}",
  '"><img src=x onerror="alert(4)">',
  '<a href="javascript:alert(5)">javascript:alert(5)</a>',
  "</title></style></textarea><svg onload=alert(6)>",
  "\x1b[31mred\x1b[0m \u0000 \u0007",
  "right-to-left \u202eevil\u202c \u2066\u2069",
  "line\u2028separator\u2029 and \ud800 a lone surrogate",
  "__proto__",
  "x".repeat(5_000_000),
];

/**
 * A report in which every text of a model, a user, or a file is hostile: each is an answer and a
 * sentence.
 */
export function hostileAnchorsReport(): AnchorsReport {
  const texts = HOSTILE_TEXTS;
  const importance = {
    ...{ value: 0.5, low: 0.4, high: 0.6 },
    ...{ pValue: 1e-4, adjustedPValue: 1e-3, isSignificant: true, rank: 6.5 },
  };
  const all = texts.slice(0, -1).join(" ");
  // `__proto__` is an ordinary name here, as in JSON.parse.
  const counts = texts.map((text): [string, number] => [text, 1]);
  return {
    version: 1,
    model: all,
    // A chat prompt: its roles are shown as well.
    prompt: JSON.stringify([{ role: all, content: all }]),
    parameters: { [all]: all, stop: texts.slice(0, -1) },
    createdAt: all,
    nSamples: texts.length,
    confidence: 0.95,
    truth: texts[0]!,
    answer: texts[1]!,
    content: texts.join(" "),
    sentences: texts.map((text, index) => ({
      index,
      text: ` ${text}`,
      resampling: importance,
      counterfactual: importance,
    })),
    // The longest text is only at the first cut: at all of them it would take seconds, and test no
    // more.
    cuts: texts.map((_, at) => ({
      at,
      samples: texts.slice(0, at === 0 ? undefined : -1).map((text, seed) => ({
        seed,
        sentence: text,
        similarity: null,
        reasoning: text,
        content: text,
        answer: text,
      })),
      answers: Object.fromEntries(counts.slice(0, at === 0 ? undefined : -1)),
      unanswered: 0,
      accuracy: null,
    })),
    usage: {
      samples: 1,
      cached: 0,
      failed: 2,
      completionTokens: 1,
      costUsd: 0,
    },
  };
}
