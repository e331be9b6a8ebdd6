import { type Ratio, ratio } from "./ratio.ts";
import type { Row } from "./row.ts";

/** The other clients in the table, each on Deno and on Node. */
const OTHERS = ["openai", "@openrouter/sdk", "ai"];

const OURS = "@rollouts/client (Deno)";

const BEGIN = "<!-- bench: written by `deno task bench` -->";
const END = "<!-- /bench -->";

/**
 * Returns a Markdown table that compares this client with its reference and other clients in each
 * case.
 */
export function ratioTable(rows: readonly Row[]): string {
  // Only rows with a target are compared. Rows of one case and setting are from the same rounds.
  const ours = rows.filter((row, index) => {
    const sameCase = (other: Row) =>
      other.letter === row.letter && other.setting === row.setting &&
      other.ratio !== null && isOurs(other);
    return rows.findIndex(sameCase) === index;
  }).toSorted((one, other) => one.letter.localeCompare(other.letter));
  return [
    ["case", "ratio", "to", ...OTHERS],
    Array<string>(3 + OTHERS.length).fill("---"),
    ...ours.map((row) => [
      `(${row.letter}) ${row.setting}`,
      text(row.ratio!),
      row.reference!,
      ...OTHERS.map((name) => othersCell(name, row, rows)),
    ]),
  ].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/**
 * Replaces the table between the two markers.
 *
 * @throws {Error} If the markers are missing.
 */
export function withRatioTable(document: string, table: string): string {
  const begin = document.indexOf(BEGIN) + BEGIN.length;
  const end = document.indexOf(END);
  if (begin < BEGIN.length || end < begin) {
    throw new Error(`the text has no ${BEGIN} and ${END}`);
  }
  return `${document.slice(0, begin)}\n\n${table}\n\n${document.slice(end)}`;
}

/** In (f), this client is compared with itself. */
function isOurs({ letter, contestant }: Row): boolean {
  return letter === "f" || contestant === OURS;
}

function othersCell(name: string, ours: Row, rows: readonly Row[]): string {
  const ratios = ["Deno", "Node"].map((runtime) => {
    const other = rows.find(({ letter, setting, contestant }) =>
      letter === ours.letter && setting === ours.setting &&
      contestant === `${name} (${runtime})`
    );
    return other && text(ratio(ours.rounds, other.rounds));
  });
  return ratios.filter((text) => text !== undefined).join(", ");
}

function text({ median }: Ratio): string {
  return median.toFixed(median < 10 ? 2 : 0);
}
