import { assertEquals } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import ts from "npm:typescript@5.9.3";
import { TempDir } from "../support/temp_dir.ts";

const root = fromFileUrl(new URL("../../", import.meta.url));

/** Error codes for names that TypeScript knows from a later edition of the language. */
const TOO_NEW = [2550, 2583, 2585];

/** The error for iterator helpers such as `take()`, which Node has since version 22. */
const OF_ITERATORS = /^Property '.+' does not exist on type '\w*Iterator\w*</;

Deno.test("the package uses no language feature that Node 20 lacks", async () => {
  await using dir = new TempDir();
  const control = join(dir.path, "control.ts");
  await Deno.writeTextFile(
    control,
    "Promise.withResolvers();\nnew Set([1]).values().take(1);\n",
  );
  const sources = [...walkSync(join(root, "src"), { includeDirs: false })]
    .map(({ path }) => path)
    .filter((path) => path.endsWith(".ts") && isForOldest(path));
  const program = ts.createProgram([control, ...sources], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["ES2023", "ES2024.String", "ESNext.Disposable", "DOM", "DOM.Iterable"]
      .map((name) => `lib.${name.toLowerCase()}.d.ts`),
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    noEmit: true,
    types: [],
  });
  const found = program.getSemanticDiagnostics()
    .filter(({ file }) => isForOldest(file?.fileName ?? ""))
    .map(({ code, file, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, "\n");
      return { code, file: file?.fileName, text };
    })
    .filter(({ code, text }) =>
      TOO_NEW.includes(code) || OF_ITERATORS.test(text)
    )
    .map(({ file, text }) => `${file}: ${text.split(".")[0]}`);
  assertEquals(found, [
    `${control}: Property 'withResolvers' does not exist on type 'PromiseConstructor'`,
    `${control}: Property 'take' does not exist on type 'SetIterator<number>'`,
  ]);
});

/** Whether a source runs on the oldest Node. The viewer needs SQLite, which Node has since 22.13. */
function isForOldest(path: string): boolean {
  return !/src.viewer/.test(path);
}
