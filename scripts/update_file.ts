/**
 * Writes a generated file. If the script has the argument `--check`, it writes nothing, and fails if the
 * file is not up to date.
 *
 * @param remedy What to do if it is not.
 */
export async function updateFile(
  path: string,
  content: string,
  remedy: string,
): Promise<void> {
  if (!Deno.args.includes("--check")) {
    await Deno.writeTextFile(path, content);
  } else if (await Deno.readTextFile(path) !== content) {
    console.error(`${path} is out of date: ${remedy}`);
    Deno.exitCode = 1;
  }
}
