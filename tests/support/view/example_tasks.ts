/** A task for models, and sentences of reasoning to choose from. */
export interface ExampleTask {
  readonly prompt: string;
  /** The right answer, and frequent wrong ones. */
  readonly truth: string;
  readonly wrong: readonly string[];
  /** The steps of the reasoning. Of each list, one sentence or none is used. */
  readonly steps: readonly (readonly string[])[];
}

/** Several tasks of each kind, with different numbers. */
export function exampleTasks(): ExampleTask[] {
  return [
    ...[5, 6, 7, 8, 9, 11].map(hexadecimal),
    ...[[60, 90], [48, 72], [55, 65], [80, 120], [70, 30], [45, 75]].map(
      trains,
    ),
    ...[7, 8, 9, 10, 6, 5].map(dice),
    ...[[3, 7], [2, 10], [7, 13], [5, 11], [4, 9], [6, 17]].map(remainder),
    ...["strawberry", "bookkeeper", "mississippi", "parallel", "committee"]
      .map(letters),
    ...[12, 15, 18, 24, 30].map(handshakes),
    ...[[17, 24], [38, 47], [123, 45], [66, 89], [205, 36]].map(product),
    ...[4, 5, 6, 7, 8].map(stairs),
  ];
}

function hexadecimal(digits: number): ExampleTask {
  const bits = 4 * digits - 1;
  const number = "6".repeat(digits);
  return {
    prompt:
      `When the base-16 number ${number}₁₆ is written in base 2, how many base-2 digits (bits) does it have? Put the answer in \\boxed{}.`,
    truth: String(bits),
    wrong: [String(4 * digits), String(bits - 1), String(4 * digits + 1)],
    steps: [
      [
        `The number ${number}₁₆ has ${digits} hexadecimal digits, each of them a 6.`,
        `I am asked for the number of bits of ${number} in base 16.`,
      ],
      [
        `Each hexadecimal digit stands for exactly four bits, so ${digits} digits make ${
          4 * digits
        } bits.`,
        `One way is to turn it into a decimal number first and to see between which powers of two it lies.`,
      ],
      [
        `But the first digit may have leading zeros, and those do not count.`,
        `Let me check that with the leading digit: 6 is 0110 in binary.`,
      ],
      [
        `So of the four bits of the first digit only three remain.`,
        `Hmm, so the first digit gives three bits and the ${
          digits - 1
        } others four each.`,
      ],
      [`That makes 3 + 4·${digits - 1} = ${bits}.`],
    ],
  };
}

function trains([a, b]: number[]): ExampleTask {
  const distance = (a! + b!) * 3;
  return {
    prompt:
      `Two trains leave stations that are ${distance} km apart at the same time and travel towards each other, one at ${a} km/h and the other at ${b} km/h. How many kilometres has the first one travelled when they meet?`,
    truth: String(3 * a!),
    wrong: [String(3 * b!), String(distance / 2), "3"],
    steps: [
      [
        `They approach each other at ${a} + ${b} = ${a! + b!} km/h.`,
        `Let t be the time in hours until they meet; then ${a}t + ${b}t = ${distance}.`,
      ],
      [
        `The distance is ${distance} km, so they meet after ${distance} / ${
          a! + b!
        } = 3 hours.`,
        `Solving for t gives t = 3.`,
      ],
      [
        `The question asks for the distance of the first train, not for the time.`,
        `Wait, I should read the question again: it asks how far the first one has travelled.`,
      ],
      [`In 3 hours the first train covers 3·${a} = ${3 * a!} km.`],
      [
        `To be sure: the second covers 3·${b} = ${
          3 * b!
        } km, and together that is ${distance} km.`,
        `${3 * a!} + ${3 * b!} = ${distance}, which fits.`,
      ],
    ],
  };
}

function dice(sum: number): ExampleTask {
  const ways = 6 - Math.abs(7 - sum);
  const common = [2, 3, 4, 6].findLast((n) => ways % n === 0 && 36 % n === 0) ??
    1;
  const truth = `${ways / common}/${36 / common}`;
  return {
    prompt:
      `Two fair six-sided dice are rolled. What is the probability that the sum of the two is ${sum}? Give a fraction in lowest terms.`,
    truth,
    wrong: [`1/${sum}`, `${ways}/21`, "1/11"],
    steps: [
      [
        `There are 36 equally likely outcomes of two dice.`,
        `Each die has six faces, so there are 6·6 = 36 ordered pairs.`,
      ],
      [
        `I need the pairs (a, b) with a + b = ${sum}.`,
        `Let me list the pairs whose sum is ${sum}, one for each value of the first die.`,
      ],
      [
        `Order matters here, since the dice are different objects.`,
        `Should I count (2, 5) and (5, 2) once or twice? Twice: they are two outcomes.`,
      ],
      [`There are ${ways} such pairs.`],
      [`So the probability is ${ways}/36, which is ${truth}.`],
    ],
  };
}

function remainder([base, modulus]: number[]): ExampleTask {
  let truth = 1;
  for (let i = 0; i < 100; i++) truth = truth * base! % modulus!;
  return {
    prompt:
      `What is the remainder when ${base}^100 is divided by ${modulus}? Think step by step, then put the final answer in \\boxed{}.`,
    truth: String(truth),
    wrong: [
      String((truth + 1) % modulus!),
      String(base),
      String((truth * 3 + 2) % modulus!),
    ],
    steps: [
      [
        `I look for the cycle of the powers of ${base} modulo ${modulus}.`,
        `By Fermat's little theorem $${base}^{${modulus} - 1} \\equiv 1 \\pmod{${modulus}}$ if ${modulus} is prime.`,
      ],
      [
        `${base}^1 = ${base! % modulus!}, ${base}^2 = ${
          base! ** 2 % modulus!
        }, ${base}^3 = ${base! ** 3 % modulus!}, all modulo ${modulus}.`,
      ],
      [
        `So I need the exponent 100 modulo the length of the cycle.`,
        `With a cycle of length $c$, $${base}^{100} = \\left(${base}^c\\right)^{\\lfloor 100/c \\rfloor} \\cdot ${base}^{100 \\bmod c}$.`,
      ],
      [
        `Wait, I should double-check the length of the cycle before going on.`,
        `A few lines would check it:\n\`\`\`python\ndef cycle(base: int, modulus: int) -> int:\n    value, length = base % modulus, 1  # until it repeats\n    while value != 1:\n        value = value * base % modulus\n        length += 1\n    return length\n\`\`\`\n`,
      ],
      [`This leaves ${truth}.`],
    ],
  };
}

function letters(word: string): ExampleTask {
  const letter = [...word].toSorted((a, b) =>
    word.split(b).length - word.split(a).length
  )[0]!;
  const truth = word.split(letter).length - 1;
  return {
    prompt: `How many times does the letter "${letter}" occur in "${word}"?`,
    truth: String(truth),
    wrong: [String(truth - 1), String(truth + 1)],
    steps: [
      [`Spell it out: ${[...word].join("-")}.`, `The word is "${word}".`],
      [
        `Going through the letters one by one, I count each ${letter}.`,
        `Positions: ${
          [...word].flatMap((c, i) => c === letter ? [i + 1] : []).join(", ")
        }.`,
      ],
      [
        `Did I miss a double letter? Let me count again.`,
        `I should be careful with double letters.`,
      ],
      [`That is ${truth} in all.`],
    ],
  };
}

function handshakes(people: number): ExampleTask {
  const truth = people * (people - 1) / 2;
  return {
    prompt:
      `${people} people meet, and everybody shakes hands with everybody else exactly once. How many handshakes are there?`,
    truth: String(truth),
    wrong: [String(2 * truth), String(truth + people), String(people)],
    steps: [
      [
        `Each of the ${people} people shakes ${people - 1} hands.`,
        `This is the number of pairs among ${people} people.`,
      ],
      [
        `But so each handshake is counted twice, once for each of the two.`,
        `The formula is n(n − 1)/2.`,
      ],
      [`${people}·${people - 1}/2 = ${truth}.`],
    ],
  };
}

function product([a, b]: number[]): ExampleTask {
  const truth = a! * b!;
  const tens = Math.floor(b! / 10) * 10;
  return {
    prompt: `Compute ${a} × ${b} without a calculator.`,
    truth: String(truth),
    wrong: [String(truth + 10), String(truth - a!), String(truth + 100)],
    steps: [
      [
        `Split the second factor: ${b} = ${tens} + ${b! - tens}.`,
        `I use the distributive law.`,
      ],
      [`${a}·${tens} = ${a! * tens}.`],
      [`${a}·${b! - tens} = ${a! * (b! - tens)}.`],
      [
        `Let me recompute the carry to be sure.`,
        `Check the last digit: ${a! % 10}·${b! % 10} ends in ${truth % 10}.`,
      ],
      [`Together ${a! * tens} + ${a! * (b! - tens)} = ${truth}.`],
    ],
  };
}

function stairs(steps: number): ExampleTask {
  const ways = [1, 1];
  while (ways.length <= steps) ways.push(ways.at(-1)! + ways.at(-2)!);
  const truth = ways[steps]!;
  return {
    prompt:
      `A staircase has ${steps} steps. You may climb one or two steps at a time. In how many different ways can you reach the top?\n(A) ${
        truth - 2
      }\n(B) ${truth}\n(C) ${truth + 3}\n(D) ${
        2 * truth
      }\nAnswer with the letter.`,
    truth: "B",
    wrong: ["A", "C", "D"],
    steps: [
      [
        `The last move is either one step or two.`,
        `Let f(n) be the number of ways for n steps.`,
      ],
      [
        `So f(n) = f(n − 1) + f(n − 2), as with the Fibonacci numbers.`,
        `This is a recurrence: the ways to ${steps} are those to ${
          steps - 1
        } and those to ${steps - 2}.`,
      ],
      [
        `Starting values: f(1) = 1 and f(2) = 2.`,
        `Wait, is f(0) equal to 1? Yes: there is one way of doing nothing.`,
      ],
      [`Going up: ${ways.slice(1, steps + 1).join(", ")}.`],
    ],
  };
}
