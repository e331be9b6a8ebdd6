/**
 * Loads the LaTeX parser. It is not in `deno.json`, because Deno downloads everything that is there before it
 * runs any task, and this library has 46 MB.
 */
export async function loadLatexSyntax() {
  const { LatexSyntax } = await import(
    "npm:@cortex-js/compute-engine@0.140.0/latex-syntax"
  );
  return new LatexSyntax();
}

/** A parsed expression. */
export type MathJsonExpression = NonNullable<
  ReturnType<Awaited<ReturnType<typeof loadLatexSyntax>>["parse"]>
>;
