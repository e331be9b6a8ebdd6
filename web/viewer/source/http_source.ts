import type {
  AnswersByRule,
  SampleOptions,
  SampleTexts,
  SearchOptions,
  SearchResults,
  SetChanges,
  SetSamples,
  ViewSource,
} from "../../../src/viewer/view_data.ts";

/** The server cannot be reached: `rollouts view` has probably ended. */
export class ServerGoneError extends Error {
  override readonly name = "ServerGoneError";
}

/** The source that `rollouts view` serves over HTTP. */
export class HttpSource implements ViewSource {
  readonly #base: URL;

  constructor(base: string | URL) {
    this.#base = new URL("api/", base);
  }

  sets(since: number): Promise<SetChanges> {
    return this.#get("sets", { since: String(since) });
  }

  samples(set: string): Promise<SetSamples> {
    return this.#get("samples", { set });
  }

  sample(
    set: string,
    name: string,
    { withLogprobs = false }: SampleOptions = {},
  ): Promise<SampleTexts> {
    const more: Record<string, string> = withLogprobs ? { logprobs: "" } : {};
    return this.#get("sample", { set, name, ...more });
  }

  answers(sets: readonly string[]): Promise<readonly AnswersByRule[]> {
    return this.#get("answers", sets.map((set) => ["set", set]));
  }

  search(
    query: string,
    { set, limit }: SearchOptions,
  ): Promise<SearchResults> {
    const within: Record<string, string> = set === null ? {} : { set };
    return this.#get("search", { query, ...within, limit: String(limit) });
  }

  async #get<T>(
    path: string,
    query: Record<string, string> | string[][],
  ): Promise<T> {
    const address = new URL(path, this.#base);
    address.search = new URLSearchParams(query).toString();
    let answer: Response;
    try {
      answer = await fetch(address, { cache: "no-store" });
    } catch (cause) {
      throw new ServerGoneError("the server does not answer", { cause });
    }
    if (answer.ok) return await answer.json();
    throw new Error(reason(await answer.text()) ?? `status ${answer.status}`);
  }
}

/** Returns the error message of a response. */
function reason(text: string): string | null {
  try {
    const { error } = JSON.parse(text);
    return typeof error === "string" ? error.slice(0, 300) : null;
  } catch {
    return null;
  }
}
