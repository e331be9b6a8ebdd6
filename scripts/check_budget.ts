/**
 * `npx --yes deno@2 run --allow-read scripts/check_budget.ts FILE`: counts the recorded answers whose tokens the
 * bounds of a budget would have covered. The file has tab-separated columns with a header: model,
 * messages_bytes, tools_bytes, response_format_bytes, media_parts, server_tools, max_tokens,
 * prompt_tokens, completion_tokens.
 *
 * @module
 */

import {
  type BilledTokens,
  TokenMargins,
} from "../src/scheduler/token_margins.ts";

interface Row {
  readonly model: string;
  readonly bytes: number;
  readonly messagesBytes: number;
  /** Whether a budget refuses it, because the server runs tools. */
  readonly isRefused: boolean;
  readonly maxTokens: number | null;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** The maximum number of tokens that a bound expects; `null` if only the model limits the output. */
interface Bound {
  readonly prompt: number;
  readonly output: number | null;
}

/** Parses the file. */
function parseUsages(text: string): Row[] {
  const [header = "", ...lines] = text.trimEnd().split("\n");
  const names = header.trimEnd().split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    const cell = (name: string) => cells[names.indexOf(name)] ?? "";
    const bytesOf = (name: string) => Number(cell(`${name}_bytes`));
    const maxTokens = Number(cell("max_tokens"));
    return {
      model: cell("model"),
      messagesBytes: bytesOf("messages"),
      bytes: bytesOf("messages") + bytesOf("tools") +
        bytesOf("response_format"),
      isRefused: Number(cell("server_tools")) > 0 ||
        Number(cell("media_parts")) > 0 || cell("model").endsWith(":online"),
      maxTokens: maxTokens > 0 ? maxTokens : null,
      promptTokens: Number(cell("prompt_tokens")),
      completionTokens: Number(cell("completion_tokens")),
    };
  });
}

/** Counts the rows whose prompt, output, and both stay within a bound. */
function countHeld(
  rows: readonly Row[],
  boundOf: (row: Row) => Bound,
): { readonly prompt: number; readonly output: number; readonly both: number } {
  let [prompt, output, both] = [0, 0, 0];
  for (const row of rows) {
    const bound = boundOf(row);
    const isPromptHeld = row.promptTokens <= bound.prompt;
    const isOutputHeld = row.completionTokens <= (bound.output ?? Infinity);
    prompt += Number(isPromptHeld);
    output += Number(isOutputHeld);
    both += Number(isPromptHeld && isOutputHeld);
  }
  return { prompt, output, both };
}

/** Returns a bound that learns from the earlier rows of each model. */
function learning(
  create: () => Pick<TokenMargins, "promptTokens" | "outputTokens" | "observe">,
): (row: Row) => Bound {
  const known = new Map<string, ReturnType<typeof create>>();
  return ({ model, bytes, maxTokens, ...tokens }) => {
    const margins = known.get(model) ?? create();
    known.set(model, margins);
    const bound = {
      prompt: margins.promptTokens(bytes),
      output: maxTokens === null ? null : margins.outputTokens(maxTokens),
    };
    margins.observe(tokens, { bytes, maxTokens: maxTokens ?? Infinity });
    return bound;
  };
}

/** Starts without margins, and raises them to what each model has exceeded them by. */
class LearnedOnly {
  #prompt = 0;
  #output = 1;

  promptTokens(bytes: number): number {
    return bytes + this.#prompt;
  }

  outputTokens(maxTokens: number): number {
    return maxTokens * this.#output;
  }

  observe(
    { promptTokens, completionTokens }: BilledTokens,
    { bytes, maxTokens }: {
      readonly bytes: number;
      readonly maxTokens: number;
    },
  ): void {
    this.#prompt = Math.max(this.#prompt, 1.25 * (promptTokens! - bytes));
    const overshoot = completionTokens! / maxTokens;
    if (overshoot > 1) {
      this.#output = Math.max(this.#output, 1.25 * overshoot);
    }
  }
}

if (import.meta.main) {
  const [path] = Deno.args;
  if (path === undefined) throw new TypeError("the path of a file is missing");
  const all = parseUsages(Deno.readTextFileSync(path));
  const rows = all.filter(({ isRefused }) => !isRefused);
  console.log(
    `${all.length} answers, of which ${
      all.length - rows.length
    } are refused with a budget; ` +
      `${
        rows.filter(({ maxTokens }) => maxTokens !== null).length
      } with a limit of output tokens`,
  );
  const bounds: Record<string, (row: Row) => Bound> = {
    "bytes of the messages, max_tokens": (row) => ({
      prompt: row.messagesBytes,
      output: row.maxTokens,
    }),
    "bytes of the body, max_tokens": ({ bytes, maxTokens }) => ({
      prompt: bytes,
      output: maxTokens,
    }),
    "the same, raised after answers that exceeded it": learning(
      () => new LearnedOnly(),
    ),
    "the margins, never raised": (row) => {
      const margins = new TokenMargins();
      return {
        prompt: margins.promptTokens(row.bytes),
        output: row.maxTokens === null
          ? null
          : margins.outputTokens(row.maxTokens),
      };
    },
    "the margins, raised after answers that exceeded them": learning(
      () => new TokenMargins(),
    ),
  };
  console.log("| bound | prompt | output | both |\n|---|---|---|---|");
  for (const [name, boundOf] of Object.entries(bounds)) {
    const { prompt, output, both } = countHeld(rows, boundOf);
    console.log(`| ${name} | ${prompt} | ${output} | ${both} |`);
  }
}
