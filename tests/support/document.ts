import { join } from "@std/path/join";
import { ROOT } from "./run_script.ts";

/** The start of a command that Deno runs, in a document. */
export const NPX = "npx --yes deno@2 ";

/** The start of a command of the installed package, in a document. */
export const INSTALLED = "npx @rollouts/client";

/** Returns the blocks of code in one language. */
export function documentBlocks(
  language: string,
  document = "README.md",
): string[] {
  const text = Deno.readTextFileSync(join(ROOT, document));
  const fences = text.matchAll(/^```(\w+)\n([^]*?)^```$/gm);
  return [...fences].filter(([, name]) => name === language)
    .map(([, , code]) => code!);
}

/**
 * Joins the TypeScript of a document to one program. Blocks can use the names of the first block,
 * and each of them can redefine those names.
 */
export function documentProgram(document: string): string {
  const [first = "", ...others] = documentBlocks("ts", document);
  const blocks = others.map((code) => {
    const body = code.replaceAll(
      /^import \{([^}]*)\} from ("[^"]+");$/gm,
      "const {$1} = await import($2);",
    );
    return `{\n${body}}\n`;
  });
  return [first, ...blocks].join("\n");
}

/** Splits a command line into words, as a shell does. */
export function commandWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((
    [, quoted, bare],
  ) => quoted ?? bare!);
}

/** A relative link of a document. */
export interface DocumentLink {
  /** The path, relative to the document; empty for a link into the document itself. */
  readonly path: string;
  /** The heading that it leads to, or an empty string. */
  readonly anchor: string;
}

/** Returns the relative links of a document, including those to pictures. */
export function documentLinks(document: string): readonly DocumentLink[] {
  const text = Deno.readTextFileSync(join(ROOT, document))
    .replaceAll(/^```[^]*?^```$/gm, "").replaceAll(/`[^`\n]*`/g, "");
  return [...text.matchAll(/\]\(([^)#:\s]*)(?:#([^)\s]*))?\)/g)]
    .map(([, path, anchor]) => ({ path: path!, anchor: anchor ?? "" }));
}
