import { fs } from "../../platform/deno/fs.ts";
import { lstatIfExists } from "../../platform/lstat_if_exists.ts";
import { countNoun } from "../../util/count_noun.ts";
import { oneLine } from "../../util/escape_control_chars.ts";
import { EXPORT_COLUMNS, type ExportRow } from "./export_row.ts";
import type { OutputFiles } from "./output_files.ts";
import { openParquetRows } from "./parquet_rows.ts";

/** A new file of the table starts after this many characters of text. */
const CHARACTERS_PER_FILE = 1_000_000_000;

/** The samples of a model. */
interface ModelCounts {
  samples: number;
  readonly prompts: Set<string>;
}

/**
 * Opens a folder in the layout of a data set on Hugging Face, and returns a function that writes a row: the
 * table is in `data/train-*.parquet`, and `README.md` is the data set card. An existing card is not changed.
 *
 * @throws {Error} If the folder already has data, or cannot be written.
 */
export function openHuggingFaceFolder(
  files: OutputFiles,
  path: string,
  { charactersPerFile = CHARACTERS_PER_FILE } = {},
): (row: ExportRow) => Promise<void> {
  const data = `${path}/data`;
  fs.ensureDirectory(data);
  if (fs.readDirectory(data).length > 0) {
    throw new Error(
      `cannot write ${data}: it is not empty; remove it, or choose another folder`,
    );
  }
  const models = new Map<string, ModelCounts>();
  let file: ReturnType<typeof openParquetRows> | null = null;
  let fileCount = 0;
  let characters = 0;
  const open = () => {
    const name = `train-${String(fileCount++).padStart(5, "0")}.parquet`;
    const opened = openParquetRows(`${data}/${name}`);
    files.add(`${data}/${name}`, opened);
    characters = 0;
    return opened;
  };
  const card = `${path}/README.md`;
  files.add(card, {
    // It has the counts of all rows.
    commit: () => {
      if (lstatIfExists(card) === null) fs.writeNew(card, cardText(models));
      return Promise.resolve();
    },
    discard: () => Promise.resolve(),
  });
  file = open();
  return async (row) => {
    if (characters > charactersPerFile) file = open();
    for (const cell of Object.values(row)) {
      if (typeof cell === "string") characters += cell.length;
    }
    const model = String(row.model);
    const counts = models.get(model) ?? { samples: 0, prompts: new Set() };
    models.set(model, counts);
    counts.samples++;
    counts.prompts.add(String(row.key));
    await file!.write(row);
  };
}

/** Returns the data set card: its metadata, and what the table contains. */
function cardText(models: ReadonlyMap<string, ModelCounts>): string {
  const samples = [...models.values()]
    .reduce((sum, counts) => sum + counts.samples, 0);
  const rows = [...models].map(([model, { prompts, samples }]) =>
    `| ${inTable(model)} | ${prompts.size} | ${samples} |`
  );
  const columns = Object.entries(EXPORT_COLUMNS)
    .map(([name, kind]) => `\`${name}\` (${kind})`).join(", ");
  return `---
license: # fill in, such as cc-by-4.0
size_categories:
  - ${sizeCategory(samples)}
configs:
  - config_name: default
    data_files:
      - split: train
        path: data/train-*.parquet
---

# Samples of language models

${
    countNoun(samples, "sample")
  }, one per row, sampled with @rollouts/client. Before you publish them, fill
in \`license\` above, and check the terms of the models and of the prompts.

| Model | Prompts | Samples |
| --- | ---: | ---: |
${rows.join("\n")}

## Columns

${columns}

\`parameters\` and \`messages\` are JSON. \`prompt\` is empty if the prompt is a list of messages. A
sample is identified by \`model\`, \`parameters\`, \`key\` (the prompt), and \`seed\`. \`cost\` is in US dollars.

## Load

\`\`\`python
from datasets import load_dataset

samples = load_dataset("FOLDER_OR_NAME", split="train")
\`\`\`
`;
}

/** Shows a name from the cache as code in a Markdown table. */
function inTable(text: string): string {
  return `\`${oneLine(text).replaceAll(/[`|\\<>]/g, "?")}\``;
}

const SIZES = [
  [1e3, "n<1K"],
  [1e4, "1K<n<10K"],
  [1e5, "10K<n<100K"],
  [1e6, "100K<n<1M"],
  [1e7, "1M<n<10M"],
  [1e8, "10M<n<100M"],
] as const;

/** Returns the size category of Hugging Face. */
function sizeCategory(samples: number): string {
  return SIZES.find(([limit]) => samples < limit)?.[1] ?? "100M<n<1B";
}
