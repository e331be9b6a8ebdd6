import { transformSync } from "npm:esbuild@0.28.2";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { CHECKOUT_FLAGS, ROOT } from "../../support/script_command.ts";
import { packageFile } from "./package_file.ts";

export { CHECKOUT_FLAGS, ROOT };

/** Declares the `Deno` global of scripts: dnt's shim, and `Deno.exitCode`, which it ignores. */
const DENO_GLOBAL = `
import { Deno as shim } from "${import.meta.resolve("@deno/shim-deno")}";
import process from "node:process";
const Deno = { ...shim, set exitCode(code) { process.exitCode = code; } };`;

/** Files of the checkout, and the files of the package that replace them. */
const BUILT = [
  ["mod.ts", "esm/mod.js"],
  ["src/queue/mod.ts", "esm/queue.js"],
  ["src/testing/mod.ts", "esm/testing.js"],
  ["src/resampling/mod.ts", "esm/resampling.js"],
] as const;

/** Returns the command line that runs the installed command or a script. Node has no permissions to pass. */
export function scriptCommand(file: string): [string, ...string[]] {
  const program = file.endsWith("src/cli/main.ts")
    ? fileURLToPath(packageFile("esm/bin.js"))
    : translated(file);
  return [process.execPath, program];
}

/** Translates a TypeScript script to JavaScript that imports the package instead of the checkout. */
function translated(file: string): string {
  // Next to the tests, it resolves installed packages and stays out of the script's working directory.
  const name = `./${crypto.randomUUID()}.mjs`;
  const script = fileURLToPath(new URL(name, import.meta.url));
  const { code } = transformSync(readFileSync(file, "utf8"), {
    loader: "ts",
    format: "esm",
    target: "node20",
  });
  const absolute = code.replaceAll(
    /(?<=(?: from |import\()")\.{1,2}\/[^"]+/g,
    (path) => resolve(dirname(file), path),
  );
  const text = BUILT.reduce(
    (text, [source, built]) =>
      text.replaceAll(`"${ROOT}${source}"`, `"${packageFile(built)}"`),
    // The oldest Node does not support it.
    absolute.replaceAll("import.meta.main", "true"),
  );
  writeFileSync(script, `${DENO_GLOBAL}\n${text}`);
  return script;
}
