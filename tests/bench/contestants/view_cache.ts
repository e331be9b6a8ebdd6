import { CacheView } from "../../../src/viewer/cache_view.ts";
import { measure } from "./measure.mjs";

/** What is done with a cache. */
export interface ViewTask {
  /** The cache directory. */
  readonly cacheDir: string;
  /** What is searched for, once all samples have been read; null for the first answer alone, with all sets. */
  readonly query: string | null;
}

/** Opens a cache as `rollouts view` does, up to its first answer, or searches one that is open. */
await measure(async ({ cacheDir, query }: ViewTask) => {
  if (query === null) {
    return async () => {
      const { changed } = JSON.parse(await firstAnswer(await open(cacheDir)));
      if (changed.length === 0) throw new Error("there are no sets");
    };
  }
  const view = await open(cacheDir);
  await view.whenRead();
  return async () => {
    const { total } = await view.search(query, { set: null, limit: 50 });
    if (total === 0) throw new Error(`nothing has ${query}`);
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
