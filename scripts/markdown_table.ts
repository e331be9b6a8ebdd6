/**
 * Formats a table in Markdown.
 *
 * @param options `isAligned` gives the cells of a column one width, as `deno fmt` does.
 */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { isAligned = false } = {},
): string {
  const cells = [head, ...rows]
    .map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) =>
    isAligned ? Math.max(...cells.map((row) => row[column]!.length)) : 3
  );
  const [first, ...others] = cells.map((row) =>
    `| ${
      row.map((cell, i) => cell.padEnd(isAligned ? widths[i]! : 0)).join(" | ")
    } |`
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [first, rule, ...others].join("\n");
}
