import {
  BLOCK_END,
  blockStart,
  dataBlock,
  escapeJsonForHtml,
} from "../resampling/report/data_block.ts";
import type {
  AnswersByRule,
  SampleSet,
  SetChanges,
  SetSamples,
  ViewSource,
} from "./view_data.ts";
import page from "./viewer_page.html" with { type: "text" };
import { countNoun } from "../util/count_noun.ts";

/** Options of an export. */
export interface ExportViewOptions {
  /** Writes the next part of the page. */
  readonly write: (text: string) => Promise<void>;
  /** The paths of the cache directories, of which the page contains only the last names. */
  readonly cacheDirs: readonly string[];
  /** Which part of the cache the page contains, or `null` if it contains all of it. */
  readonly leftOut: string | null;
}

/** The page would be too large to open. */
export class ExportSizeError extends Error {
  /** `ExportSizeError`. */
  override readonly name: string = "ExportSizeError";
}

/** A browser needs several times as much memory to show a page. */
const MAX_CHARACTERS = 100_000_000;

/**
 * Writes a view as one page that needs no server and no network. The page is never in memory as a
 * whole, and contains no path above the cache directory.
 *
 * @throws {ExportSizeError} If the page would be too large; nothing has been written then.
 */
export async function exportView(
  source: ViewSource,
  { write, leftOut, cacheDirs }: ExportViewOptions,
): Promise<void> {
  const changes = await source.sets(0);
  await checkSize(source, changes);
  const names = cacheDirs.map(lastName);
  const slots: Readonly<Record<string, () => Promise<void>>> = {
    data: () =>
      write(
        dataBlock("view", {
          changes: { ...changes, cacheDirs: names, leftOut, live: null },
        }),
      ),
    sets: async () => {
      // Of all sets at once, so that equal answers have the same text.
      const found = await source.answers(changes.changed.map(({ id }) => id));
      for (const [place, set] of changes.changed.entries()) {
        const answers = found[place]!;
        await writeSet(set, { source, cacheDirs, write, answers });
      }
    },
  };
  // The split alternates between markup and the names of slots.
  for (const [index, part] of page.split(/<!-- (\w+) -->/).entries()) {
    const slot = index % 2 === 1 ? slots[part] : undefined;
    await (slot === undefined ? write(part) : slot());
  }
}

async function checkSize(
  source: ViewSource,
  { changed }: SetChanges,
): Promise<void> {
  let [samples, characters] = [0, 0];
  for (const { id } of changed) {
    for (const head of (await source.samples(id)).samples) {
      samples++;
      characters += (head.reasoningLength ?? 0) + head.contentLength;
    }
  }
  if (characters <= MAX_CHARACTERS) return;
  throw new ExportSizeError(
    `the page would contain ${megabytes(characters)} of text (${
      countNoun(samples, "sample")
    } of ${countNoun(changed.length, "prompt")}), ` +
      `more than ${megabytes(MAX_CHARACTERS)}`,
  );
}

async function writeSet(
  { id, path }: SampleSet,
  { source, cacheDirs, write, answers }:
    & Pick<ExportViewOptions, "write" | "cacheDirs">
    & { readonly source: ViewSource; readonly answers: AnswersByRule },
): Promise<void> {
  const samples = withoutPaths(await source.samples(id), cacheDirs);
  await write(
    `${blockStart(`set-${id}`)}{"samples":${
      escapeJsonForHtml(samples)
    },"texts":{`,
  );
  let comma = "";
  for (const { name, problem } of samples.samples) {
    if (problem !== null) continue;
    const texts = await source.sample(id, name);
    const own = escapeJsonForHtml({
      ...texts,
      hasLogprobs: false,
      path: `${path}/${name}`,
    });
    await write(`${comma}${escapeJsonForHtml(name)}:${own}`);
    comma = ",";
  }
  await write(`},"answers":${escapeJsonForHtml(answers)}}${BLOCK_END}\n`);
}

/** Shortens paths, which the problem of a file may contain. */
function withoutPaths(
  samples: SetSamples,
  cacheDirs: readonly string[],
): SetSamples {
  const shorten = (text: string) =>
    cacheDirs.reduce(
      (text, path) => text.replaceAll(path, lastName(path)),
      text,
    );
  return {
    ...samples,
    samples: samples.samples.map((head) => ({
      ...head,
      problem: head.problem === null ? null : shorten(head.problem),
    })),
  };
}

function lastName(path: string): string {
  return path.split(/[\\/]/).findLast((name) => name !== "") ?? path;
}

function megabytes(characters: number): string {
  return `${Math.round(characters / 1e6)} MB`;
}
