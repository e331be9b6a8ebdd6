import type { PageData } from "../../src/resampling/report/page_data.ts";
import { chatMessages } from "./chat_messages.ts";
import { element, part } from "./element.ts";
import { longText } from "./long_text.ts";
import { percent, whole } from "./wording.ts";

/** Shows the prompt, the result, and the cost of the run. */
export function showHead(data: PageData): void {
  const { model, prompt, answer, truth, usage } = data;
  document.title = `Thought anchors: ${model}`;
  part("model").append(element("span", {}, model));
  part("prompt").append(...promptParts(prompt));
  part("content").append(longText(data.content, 3000));
  part("outcome").append(
    element("p", { class: "outcome" }, ...outcome(answer, truth)),
  );
  const facts: [string, string][] = [
    ["Sentences", whole(data.sentences.length)],
    [
      "Cuts",
      `${whole(data.cuts.length)}, with ${
        whole(data.nSamples)
      } samples requested at each`,
    ],
    [
      "Samples",
      `${whole(usage.samples)} (${whole(usage.cached)} cached)${
        usage.failed > 0 ? `; ${whole(usage.failed)} more failed` : ""
      }`,
    ],
    ["Output tokens", whole(usage.completionTokens)],
    ["Cost", `$${usage.costUsd.toFixed(usage.costUsd < 1 ? 4 : 2)}`],
    ["Confidence level", percent(data.confidence)],
    ["Date", data.createdAt.replace(/^(.{10})T(.{5}).*Z$/, "$1 $2 UTC")],
    ...Object.entries(data.parameters).map((
      [name, value],
    ): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  ];
  for (const [name, value] of facts) {
    part("facts").append(
      element("div", {}, element("dt", {}, name), element("dd", {}, value)),
    );
  }
}

/** The text of a prompt, or its messages by role. */
function promptParts(prompt: string): HTMLElement[] {
  const messages = chatMessages(prompt);
  if (messages === null) return [quoted(prompt)];
  return messages.filter(({ text }) => text.trim() !== "")
    .flatMap(({ role, text }) => [
      element("h3", { class: "small" }, role),
      quoted(text),
    ]);
}

function quoted(text: string): HTMLElement {
  const quote = element("blockquote", {});
  quote.append(longText(text, 1500));
  return quote;
}

function outcome(answer: string | null, truth: string | null) {
  const said = answer === null
    ? ["The original response has no answer. "]
    : ["The original response answers ", element("strong", {}, answer), ". "];
  if (truth === null) return [...said, "The right answer is not known."];
  const met = answer?.trim() === truth.trim();
  const judged = met
    ? element("span", { class: "met" }, "✓\u00a0That is right.")
    : element(
      "span",
      { class: "missed" },
      "✗\u00a0The right answer is ",
      element("strong", {}, truth),
      ".",
    );
  return [...said, judged];
}
