import { loadSqlite } from "../platform/load_sqlite.ts";
import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import { parseLenientJson } from "../util/parse_lenient_json.ts";
import { pythonFloat, pythonJson } from "../util/python_json.ts";
import { sha256Hex } from "../util/sha256_hex.ts";
import type { CacheItem } from "./cache_item.ts";
import { CachedEntryParser } from "./cached_entry_parser.ts";
import { sampleFileName } from "./sample_file_name.ts";

/** A row of the table of the Python package. */
interface DatabaseRow {
  readonly cache_key: string;
  readonly prompt_hash: string;
  readonly params_hash: string;
  readonly seed: number;
  readonly response_json: string;
}

/**
 * Reads the samples in an SQLite cache of the Python package, which are the text of its files. A row has
 * only a hash of some parameters. Rows whose hash is not that of the parameters in the text, with the
 * defaults of the others, are skipped.
 *
 * @param onSkipped Called with the row that is skipped, and why.
 * @throws {Error} If it is not such a cache, or SQLite is missing.
 */
export async function* pythonDatabaseItems(
  path: string,
  onSkipped: (message: string) => void,
): AsyncGenerator<CacheItem, void, undefined> {
  const { DatabaseSync } = await loadSqlite("rollouts cache import");
  const database = new DatabaseSync(path, { readOnly: true });
  const parser = new CachedEntryParser();
  try {
    for (const row of rowsIn(database, path)) {
      const item = toItem(row, parser);
      if (typeof item !== "string") yield item;
      else onSkipped(`${row.cache_key} in ${path} was skipped: ${item}`);
    }
  } finally {
    database.close();
  }
}

function rowsIn(
  database: InstanceType<typeof import("node:sqlite").DatabaseSync>,
  path: string,
): Iterable<DatabaseRow> {
  try {
    return database.prepare(
      "SELECT cache_key, prompt_hash, params_hash, seed, response_json FROM responses ORDER BY rowid",
    ).iterate() as Iterable<unknown> as Iterable<DatabaseRow>;
  } catch (error) {
    throw new Error(
      `${path} is not an SQLite cache of the Python package: ${
        (error as Error).message
      }`,
      { cause: error },
    );
  }
}

/** Returns the file of a row, or why there is none. */
function toItem(
  row: DatabaseRow,
  parser: CachedEntryParser,
): CacheItem | string {
  const { response_json: text, seed } = row;
  const bytes = new TextEncoder().encode(text);
  const { entry, problem } = parser.parse(bytes, seed);
  if (entry === null) return problem!;
  if (entry.response.seed !== seed) return "its seeds contradict each other";
  const data = parseLenientJson(text)!.object;
  const { prompt } = entry;
  const hash = sha256Hex(
    typeof prompt === "string" ? prompt : pythonJson(data.prompt),
  );
  if (hash !== row.prompt_hash) return "it belongs to another prompt";
  if (!possibleHashes(data).has(row.params_hash)) {
    return "it has parameters that the database does not store, such as top_k";
  }
  if (entry.location === null) return "its parameters are missing";
  const { segments } = entry.location;
  return { segments, name: sampleFileName(seed), bytes };
}

/**
 * Returns the hashes of the parameters in an entry, with the defaults of the others. The text does not
 * show whether Python had an integer or a float, and some versions of the package pass `None`.
 */
function possibleHashes(entry: JsonObject): ReadonlySet<string> {
  const hashes = new Set<string>();
  const provider = isJsonObject(entry.provider)
    ? pythonJson(entry.provider, { sortKeys: true })
    : null;
  for (const topK of ["40", null]) {
    for (const penalty of ["0.0", "0", null]) {
      for (const temperature of numbers(entry.temperature)) {
        for (const topP of numbers(entry.top_p)) {
          const params = {
            frequency_penalty: penalty,
            max_tokens: numbers(entry.max_tokens)[0]!,
            presence_penalty: penalty,
            provider,
            temperature,
            top_k: topK,
            top_p: topP,
          };
          const members = Object.entries(params)
            .filter(([, value]) => value !== null)
            .map(([name, value]) => `"${name}": ${value}`);
          hashes.add(sha256Hex(`{${members.join(", ")}}`).slice(0, 16));
        }
      }
    }
  }
  return hashes;
}

/** Returns the texts that Python can have for a number. */
function numbers(value: unknown): readonly (string | null)[] {
  if (typeof value !== "number") return [null];
  return Number.isInteger(value)
    ? [String(value), pythonFloat(value)]
    : [pythonFloat(value)];
}
