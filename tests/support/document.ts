import { join } from "@std/path/join";
import { ROOT } from "./run_script.ts";

/** What stands before a command of Deno in a document. */
export const NPX = "npx --yes deno@2 ";

/** The blocks of code in one language. */
export function documentBlocks(
  language: string,
  document = "README.md",
): string[] {
  const text = Deno.readTextFileSync(join(ROOT, document));
  const fences = text.matchAll(/^```(\w+)\n([^]*?)^```$/gm);
  return [...fences].filter(([, name]) => name === language)
    .map(([, , code]) => code!);
}

/** The words of a command line, as a shell splits them. */
export function commandWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((
    [, quoted, bare],
  ) => quoted ?? bare!);
}
