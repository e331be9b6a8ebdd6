import phrases from "./phrases.json" with { type: "json" };
import { pick, type Random } from "./random.ts";

/** The two parts of an assistant's message. */
export interface AssistantText {
  readonly reasoning: string | null;
  readonly content: string | null;
}

/** A text that the model intends to write; a prefill can change that. */
export interface PlannedText extends AssistantText {
  readonly reasoning: string;
  readonly content: string;
  /** Other wordings of the reasoning that a prefill may have begun. */
  readonly variants?: readonly string[];
}

/** Invents the reasoning and the answer to a question. A calculation such as `5*10` is correct. */
export function inventText(question: string, random: Random): PlannedText {
  const match = CALCULATION.exec(question);
  return match === null
    ? inventReflection(question, random)
    : inventCalculation(match, random);
}

/** Invents a sentence about a topic. */
export function inventSentence(topic: string, random: Random): string {
  const { subjects, verbs, objects, endings } = phrases;
  const subject = pick(random, subjects).replace("TOPIC", topic);
  const [verb, object, ending] = [verbs, objects, endings]
    .map((list) => pick(random, list));
  return `${subject} ${verb} ${object}${ending}.`;
}

const NUMBER = String.raw`\d+(?:\.\d+)?`;

const CALCULATION = new RegExp(
  String.raw`(-?${NUMBER})\s*([-+*/×÷x−])\s*(-?${NUMBER})`,
);

function inventReflection(question: string, random: Random): PlannedText {
  const topic = topicOf(question);
  const sentences = (count: number) =>
    Array.from({ length: count }, () => inventSentence(topic, random))
      .join(" ");
  const steps = sentences(4 + Math.floor(random() * 6));
  const answer = sentences(2 + Math.floor(random() * 3));
  const opening = pick(random, phrases.openings);
  const check = pick(random, phrases.checks);
  return {
    reasoning: `\n${opening} ${steps}\n\n${check} I can answer now.\n`,
    content: `In short: ${answer}`,
  };
}

function inventCalculation(
  [, left = "", operator = "", right = ""]: readonly string[],
  random: Random,
): PlannedText {
  const result = calculate(left, operator, right);
  const opening = pick(random, phrases.openings);
  const aside = inventSentence("arithmetic", random);
  const check = pick(random, phrases.checks);
  const write = (lead: string, space: string, equals: string) =>
    `\n${lead}${left}${space}${operator}${space}${right}${equals}${result}. ` +
    `${check} ${aside}\nSo the answer is ${result}.\n`;
  const spacings = [["", " = "], ["", "="], [" ", " = "], [" ", "="], [
    "",
    "= ",
  ]];
  return {
    reasoning: write(`${opening}\n`, "", " = "),
    variants: spacings.map(([space = "", equals = ""]) =>
      write("Let me calculate: ", space, equals)
    ),
    content: `${left}${operator}${right} = ${result}. ` +
      inventSentence("the result", random),
  };
}

function calculate(left: string, operator: string, right: string): string {
  const [a, b] = [Number(left), Number(right)];
  const result = "+" === operator
    ? a + b
    : "-−".includes(operator)
    ? a - b
    : "/÷".includes(operator)
    ? a / b
    : a * b;
  if (!Number.isFinite(result)) return "undefined";
  // Twelve digits hide that 0.1 + 0.2 is not quite 0.3.
  return String(Number(result.toPrecision(12)));
}

function topicOf(question: string): string {
  // Reasoning that was wrapped in the question is not a topic: a model that ignores it must not
  // mention it.
  const [asked = ""] = question.slice(0, 2000).split("<think>", 1);
  const words = asked.match(/\p{L}{4,}/gu) ?? [];
  const topics = words.filter((word) =>
    !phrases.commonWords.includes(word.toLowerCase())
  );
  return topics.at(-1)?.toLowerCase() ?? "this";
}
