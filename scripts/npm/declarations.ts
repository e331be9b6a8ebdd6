import { dirname } from "@std/path/dirname";
import { join } from "@std/path/join";
import ts from "typescript";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  declaration: true,
  isolatedDeclarations: true,
  strict: true,
};

/**
 * Writes the types of entry points and of all that they name, each file where its source stands. JSR
 * demands that what is exported says its types, and so each file tells its own without the others.
 *
 * @throws {Error} Where one does not.
 */
export async function writeDeclarations(
  root: string,
  entryPoints: readonly string[],
  outdir: string,
): Promise<void> {
  const files = new Set(entryPoints);
  for (const file of files) {
    const text = declarationOf(file, await Deno.readTextFile(join(root, file)));
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith(".")) files.add(join(dirname(file), fileName));
    }
    const path = join(outdir, file.replace(/\.ts$/, ".d.ts"));
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, withJsNames(text));
  }
}

function declarationOf(fileName: string, source: string): string {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(source, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: OPTIONS,
  });
  if (diagnostics.length === 0) return outputText;
  const reasons = diagnostics.map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, "\n")
  );
  throw new Error(`${fileName}: ${reasons.join("; ")}`);
}

/** What is installed has files of JavaScript. */
function withJsNames(text: string): string {
  return text.replaceAll(/(["'])(\.{1,2}\/[^"'\n]+)\.ts\1/g, "$1$2.js$1");
}
