import { assertEquals } from "@std/assert";
import { wrapHelp } from "../../src/cli/output/wrap_help.ts";

const HELP = `Samples a prompt, and prints
the answers.

Output:
  -o, --output FILE   the file that the samples are
                      written to
      --json          print JSON

Examples:
  rollouts generate "What is 5*10?" --model qwen/qwen3-30b-a3b`;

Deno.test("wrapHelp() wraps paragraphs and descriptions, and keeps examples", () => {
  assertEquals(
    wrapHelp(HELP, 48),
    `Samples a prompt, and prints the answers.

Output:
  -o, --output FILE   the file that the samples
                      are written to
      --json          print JSON

Examples:
  rollouts generate "What is 5*10?" --model qwen/qwen3-30b-a3b`,
  );
});

Deno.test("wrapHelp() keeps a readable column of descriptions when the width is too small", () => {
  assertEquals(
    wrapHelp("  --json   print each sample as JSON, on a line", 12),
    `  --json   print each sample as
           JSON, on a line`,
  );
});
