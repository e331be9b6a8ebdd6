import { HOSTILE_TEXTS as OF_REPORTS } from "./hostile_anchors_report.ts";

/** Short texts that would have an effect if not treated as plain text. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...OF_REPORTS.slice(0, -1),
  "\u001b]8;;http://127.0.0.1/\u0007link",
  "\u2066\u200f\u200b\ufeff \0",
  "constructor hasOwnProperty",
  "' OR 1=1; DROP TABLE samples; -- \" NEAR(a b) AND NOT * ^ :",
];
