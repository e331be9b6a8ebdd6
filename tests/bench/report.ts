import type { Environment } from "./environment.ts";
import type { Row, Unit } from "./row.ts";

/** The contents of a report. */
export interface ReportParts {
  /** The machine and the versions. */
  readonly environment: Environment;
  /** The server that all contestants used. */
  readonly server: string;
  /** The number of rounds. */
  readonly rounds: number;
  /** The description of each case, in the order of the report. */
  readonly titles: Readonly<Record<string, string>>;
}

/** The number of digits after the decimal point of a value. */
const DIGITS: Readonly<Record<Unit, number>> = {
  "requests/s": 0,
  "files/s": 0,
  "tokens/s": 0,
  "s": 2,
  "CPU s": 2,
  "ms": 0,
  "MB": 0,
  "CPU s/1,000 requests": 3,
};

/** Formats the results as Markdown. */
export function report(rows: readonly Row[], parts: ReportParts): string {
  const withTarget = rows.filter(({ target }) => target !== null);
  const tables = Object.entries(parts.titles).flatMap(([letter, title]) => {
    const own = rows.filter((row) => row.letter === letter);
    return own.length === 0 ? [] : [`## (${letter}) ${title}`, table(own)];
  });
  return [
    "# What the bench measured",
    origin(parts),
    "## Targets",
    withTarget.length === 0 ? "None in these cases." : table(withTarget),
    ...tables,
  ].join("\n\n") + "\n";
}

function origin({ environment, server, rounds }: ReportParts): string {
  const { packages, node, pythonPackage, fileSystem } = environment;
  const items = {
    "Date": environment.date,
    "Machine":
      `${environment.cpu}, ${environment.cores} cores, ${environment.system}`,
    "Server": server,
    "File system": fileSystem ?? "not known",
    "Rounds": String(rounds),
    "Deno": environment.deno,
    "Node": node ?? "not there",
    ...packages,
    "rollouts (Python)": pythonPackage ?? "not there",
  };
  return Object.entries(items).map(([name, value]) => `- ${name}: ${value}`)
    .join("\n");
}

/** The head of a column, and its cell for a row. */
type Column = readonly [head: string, cell: (row: Row) => string];

const COLUMNS: readonly Column[] = [
  ["case", ({ letter, setting }) => `(${letter}) ${setting}`],
  ["contestant", ({ contestant }) => contestant],
  ["median", ({ median, unit }) => `${number(median, DIGITS[unit])} ${unit}`],
  ["ratio", ({ ratio }) => ratio === null ? "" : number(ratio.median, 2)],
  [
    "least to most",
    ({ ratio }) =>
      ratio === null
        ? ""
        : `${number(ratio.min, 2)} to ${number(ratio.max, 2)}`,
  ],
  ["compared with", ({ reference }) => reference ?? ""],
  ["target", target],
  ["the server saw", ({ note }) => note],
];

function table(rows: readonly Row[]): string {
  const columns = COLUMNS.filter(([, cell]) =>
    rows.some((row) => cell(row) !== "")
  );
  return [
    columns.map(([head]) => head),
    columns.map(() => "---"),
    ...rows.map((row) => columns.map(([, cell]) => cell(row))),
  ].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function target({ target, ratio }: Row): string {
  if (target === null || ratio === null) return "";
  const { atLeast = -Infinity, atMost = Infinity } = target;
  const isMet = ratio.median >= atLeast && ratio.median <= atMost;
  const wanted = Number.isFinite(atMost)
    ? `≤ ${number(atMost, 2)}`
    : `≥ ${number(atLeast, 2)}`;
  return `${wanted} ${isMet ? "met" : "missed"}`;
}

function number(value: number, digits: number): string {
  return value.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
