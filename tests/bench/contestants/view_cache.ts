import { CacheView } from "../../../src/viewer/cache_view.ts";
import { measure } from "./measure.mjs";

/** The task, passed as one JSON argument. */
export interface ViewTask {
  /** The cache directory. */
  readonly cacheDir: string;
  /** The query to run once all samples are indexed, or null to measure only the first answer. */
  readonly query: string | null;
}

/** Opens a cache as `rollouts view` does until its first answer, or searches an open one. */
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
