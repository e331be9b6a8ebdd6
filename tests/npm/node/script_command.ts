import { transformSync } from "npm:esbuild@0.28.2";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { CHECKOUT_FLAGS, ROOT } from "../../support/script_command.ts";
import { packageFile } from "./package_file.ts";

export { CHECKOUT_FLAGS, ROOT };

/** What scripts know as `Deno`. */
const SHIM = import.meta.resolve("@deno/shim-deno");

/** What of the package stands for which file of the checkout. */
const BUILT = [
  ["mod.ts", "esm/mod.js"],
  ["src/testing/mod.ts", "esm/testing.js"],
  ["src/resampling/mod.ts", "esm/resampling.js"],
] as const;

/** The program and the arguments that run the installed command, or a script; permissions are Deno's alone. */
export function scriptCommand(file: string): [string, ...string[]] {
  const program = file.endsWith("src/cli/main.ts")
    ? fileURLToPath(packageFile("esm/bin.js"))
    : translated(file);
  return [process.execPath, program];
}

/** A script of JavaScript that does with the package what one of TypeScript does with the checkout. */
function translated(file: string): string {
  // Beside the tests it finds what is installed, and nobody finds it where the script runs.
  const name = `./${crypto.randomUUID()}.mjs`;
  const script = fileURLToPath(new URL(name, import.meta.url));
  const { code } = transformSync(readFileSync(file, "utf8"), {
    loader: "ts",
    format: "esm",
    target: "node20",
  });
  const absolute = code.replaceAll(
    /(?<= from ")\.{1,2}\/[^"]+/g,
    (path) => resolve(dirname(file), path),
  );
  const text = BUILT.reduce(
    (text, [source, built]) =>
      text.replaceAll(`"${ROOT}${source}"`, `"${packageFile(built)}"`),
    // The oldest Node does not know it.
    absolute.replaceAll("import.meta.main", "true"),
  );
  writeFileSync(script, `import { Deno } from "${SHIM}";\n${text}`);
  return script;
}
