import { CacheView } from "../../../src/viewer/cache_view.ts";
import { measure } from "./measure.mjs";

/** The task, passed as one JSON argument. */
export interface ViewTask {
  /** The cache directory. */
  readonly cacheDir: string;
  /** What is measured: the first answer, reading all samples, or a search once all have been read. */
  readonly what: "open" | "index" | { readonly query: string };
}

/** Opens a cache as `rollouts view` does, reads all of its samples, or searches an open one. */
await measure(async ({ cacheDir, what }: ViewTask) => {
  if (what === "index") {
    return async () => {
      await using view = await open(cacheDir);
      await view.whenRead();
    };
  }
  if (what === "open") {
    return async () => {
      const { changed } = JSON.parse(await firstAnswer(await open(cacheDir)));
      if (changed.length === 0) throw new Error("there are no sets");
    };
  }
  const view = await open(cacheDir);
  await view.whenRead();
  return async () => {
    const { total } = await view.search(what.query, { set: null, limit: 50 });
    if (total === 0) throw new Error(`nothing has ${what.query}`);
  };
});

async function firstAnswer(view: CacheView): Promise<string> {
  return JSON.stringify(await view.sets(0));
}

function open(cacheDir: string): Promise<CacheView> {
  return CacheView.open(cacheDir, {
    rules: new Map([["boxed", "boxed"]]),
    truthOf: () => null,
    isChosen: () => true,
    warn: (message) => console.error(message),
  });
}
