import { pick, type Random } from "./random.ts";

/** What the invented model means to think and to say. */
export interface MockThought {
  /** The reasoning, from its first character to its last. */
  readonly reasoning: string;
  /** Other ways to word the reasoning, that a prefill may have begun. */
  readonly variants: readonly string[];
  /** The answer that follows. */
  readonly answer: string;
}

/**
 * Invents the thought and the answer to a question. A sum such as `5*10` is worked out rightly.
 *
 * @param question The user's message.
 * @param random Another source gives another text.
 */
export function inventThought(question: string, random: Random): MockThought {
  const sum = readSum(question);
  return sum === null
    ? inventReflection(question, random)
    : inventCalculation(sum, random);
}

/** A sentence without a particular meaning, about a topic. */
export function inventSentence(topic: string, random: Random): string {
  const subject = pick(random, SUBJECTS).replace("TOPIC", topic);
  return `${subject} ${pick(random, VERBS)} ${pick(random, OBJECTS)}${
    pick(random, ENDINGS)
  }.`;
}

interface Sum {
  readonly left: string;
  readonly operator: string;
  readonly right: string;
  readonly result: string;
}

const NUMBER = String.raw`\d+(?:\.\d+)?`;

const SUM = new RegExp(
  String.raw`(-?${NUMBER})\s*([-+*/×÷x−])\s*(-?${NUMBER})`,
);

const OPENINGS = [
  "Okay, let me think about this.",
  "Let me work through this step by step.",
  "Alright, I need to think carefully here.",
  "Hmm, let me consider the question.",
  "First, what is being asked?",
  "So, the user wants to know about this.",
  "Right, let me start from the beginning.",
  "Let me see.",
];

const SUBJECTS = [
  "The question of TOPIC",
  "One view of TOPIC",
  "What people call TOPIC",
  "The usual account of TOPIC",
  "My first idea about TOPIC",
  "An older reading of TOPIC",
  "The evidence on TOPIC",
  "A careful look at TOPIC",
  "The simplest case of TOPIC",
  "Every example of TOPIC",
  "The history of TOPIC",
  "A sceptic about TOPIC",
];

const VERBS = [
  "depends on",
  "leads to",
  "rests on",
  "points towards",
  "leaves out",
  "begins with",
  "comes back to",
  "is easier to see in",
  "differs from",
  "makes sense of",
  "raises",
  "is limited by",
];

const OBJECTS = [
  "the purpose behind it",
  "what we can measure",
  "the connections between people",
  "a balance of two forces",
  "the assumptions one starts with",
  "a pattern that repeats",
  "the cost of being wrong",
  "small steps that add up",
  "a choice that each of us makes",
  "the limits of language",
  "a distinction worth keeping",
  "the order in which things happen",
];

const ENDINGS = [
  "",
  ", at least in part",
  ", as far as I can tell",
  ", though not always",
  ", which surprised me at first",
  " in the end",
  " more often than not",
  ", and that matters here",
];

const CHECKS = [
  "Let me double-check that.",
  "That seems right.",
  "I am fairly sure of this.",
  "Counting again gives the same.",
  "No mistake there.",
  "That matches what I expected.",
];

const COMMON_WORDS: ReadonlySet<string> = new Set(
  "about could describe explain please should there these think what when where which would your"
    .split(" "),
);

function inventReflection(question: string, random: Random): MockThought {
  const topic = topicOf(question);
  const steps = repeat(
    4 + Math.floor(random() * 6),
    () => inventSentence(topic, random),
  );
  const answers = repeat(
    2 + Math.floor(random() * 3),
    () => inventSentence(topic, random),
  );
  const opening = pick(random, OPENINGS);
  return {
    reasoning: `\n${opening} ${steps.join(" ")}\n\n${
      pick(random, CHECKS)
    } I can answer now.\n`,
    variants: [],
    answer: `In short: ${answers.join(" ")}`,
  };
}

function inventCalculation(sum: Sum, random: Random): MockThought {
  const { left, operator, right, result } = sum;
  const opening = pick(random, OPENINGS);
  const aside = inventSentence("arithmetic", random);
  const close = `${
    pick(random, CHECKS)
  } ${aside}\nSo the answer is ${result}.\n`;
  const write = (lead: string, spaced: string, equals: string) =>
    `\n${lead}${left}${spaced}${operator}${spaced}${right}${equals}${result}. ${close}`;
  return {
    reasoning: write(`${opening}\n`, "", " = "),
    variants: [
      write("Let me calculate: ", "", " = "),
      write("Let me calculate: ", "", "="),
      write("Let me calculate: ", " ", " = "),
      write("Let me calculate: ", " ", "="),
      write("Let me calculate: ", "", "= "),
    ],
    answer: `${left}${operator}${right} = ${result}. ${
      inventSentence("the result", random)
    }`,
  };
}

function readSum(question: string): Sum | null {
  const match = SUM.exec(question);
  if (match === null) return null;
  const [, left = "", operator = "", right = ""] = match;
  return { left, operator, right, result: calculate(left, operator, right) };
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
  // A thought that stands in the question is no topic: whoever ignores it says nothing of it.
  const [asked = ""] = question.slice(0, 2000).split("<think>", 1);
  const words = asked.match(/\p{L}{4,}/gu) ?? [];
  const telling = words.filter((word) => !COMMON_WORDS.has(word.toLowerCase()));
  return telling.at(-1)?.toLowerCase() ?? "this";
}

function repeat<T>(times: number, make: () => T): T[] {
  return Array.from({ length: times }, make);
}
