const CELL = { width: 8.4, height: 20 };
const MARGIN = 16;

/** The blocks that a bar is made of, and how strongly each is filled. */
const BLOCKS: Readonly<Record<string, number>> = { "█": 1, "░": 0.25 };

/**
 * A picture of lines on a terminal. Blocks are drawn, so that no font leaves gaps between them, and
 * all other texts are as wide as their cells, whatever the font.
 */
export function terminalSvg(lines: readonly string[], columns: number): string {
  const width = columns * CELL.width + 2 * MARGIN;
  const height = lines.length * CELL.height + 2 * MARGIN;
  const rows = lines.flatMap((line, row) => runs(line, row));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(lines.join(" "))}</title>
<rect width="100%" height="100%" rx="8" fill="#1c2128"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" fill="#d5dbe3">
${rows.join("\n")}
</g>
</svg>
`;
}

/** A line as pieces, each of blocks of one kind or of other text. */
function runs(line: string, row: number): string[] {
  return [...line.matchAll(/█+|░+|[^█░]+/g)].map(({ 0: text, index }) => {
    const x = MARGIN + index * CELL.width;
    const y = MARGIN + row * CELL.height;
    const width = round(text.length * CELL.width);
    const opacity = BLOCKS[text[0]!];
    return opacity === undefined
      ? `<text x="${round(x)}" y="${
        y + 15
      }" textLength="${width}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${
        escaped(text)
      }</text>`
      : `<rect x="${round(x)}" y="${
        y + 3
      }" width="${width}" height="14" fill="#57ab5a" fill-opacity="${opacity}"/>`;
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;");
}
