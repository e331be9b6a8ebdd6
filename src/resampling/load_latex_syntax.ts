/**
 * Loads the parser of LaTeX. Its version stands here and not in `deno.json`: what that names Deno downloads
 * before any task runs, and this library has 46 MB.
 */
export async function loadLatexSyntax() {
  const { LatexSyntax } = await import(
    "npm:@cortex-js/compute-engine@0.140.0/latex-syntax"
  );
  return new LatexSyntax();
}

/** What the parser makes of a text. */
export type MathJsonExpression = NonNullable<
  ReturnType<Awaited<ReturnType<typeof loadLatexSyntax>>["parse"]>
>;
