import { dirname } from "@std/path/dirname";
import { join } from "@std/path/join";
import { relative } from "@std/path/relative";
import ts from "npm:typescript@5.9.3";
import { withoutVersion } from "./named_packages.ts";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  strict: true,
  declaration: true,
  emitDeclarationOnly: true,
  // JSR requires explicit types on exports, so that each file can be emitted by itself, without
  // resolving npm packages or `@std`. Deno has checked the types.
  isolatedDeclarations: true,
  noCheck: true,
  types: [],
};

/**
 * Writes the declarations of entry points and of all files that those import, at the paths of their
 * sources.
 *
 * @throws {Error} If the type of an export is not explicit.
 */
export async function writeDeclarations(
  root: string,
  entryPoints: readonly string[],
  outdir: string,
): Promise<void> {
  const paths = entryPoints.map((file) => join(root, file));
  const program = ts.createProgram(paths, OPTIONS);
  const reached = new Set(paths);
  for (const path of reached) {
    const text = declarationOf(program, path);
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith(".")) reached.add(join(dirname(path), fileName));
    }
    const name = relative(root, path).replace(/\.ts$/, ".d.ts");
    const target = join(outdir, name);
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.writeTextFile(target, asInstalled(text));
  }
}

function declarationOf(program: ts.Program, path: string): string {
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error(`TypeScript did not read ${path}`);
  const faults = program.getDeclarationDiagnostics(source);
  if (faults.length > 0) {
    const reasons = faults.map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, "\n")
    );
    throw new Error(`${path}: ${reasons.join("; ")}`);
  }
  let declaration = "";
  program.emit(source, (_, text) => {
    declaration = text;
  });
  return declaration;
}

/** Rewrites imports for the installed package: `.js` files, and packages without their versions. */
function asInstalled(text: string): string {
  return text
    .replaceAll(/(["'])(\.{1,2}\/[^"'\n]+)\.ts\1/g, "$1$2.js$1")
    .replaceAll(
      /(["'])(npm:[^"'\n]+)\1/g,
      (_, quote, target) => `${quote}${withoutVersion(target)}${quote}`,
    );
}
