import type { AnswerRule } from "../../src/resampling/mod.ts";
import {
  CacheView,
  type CacheViewOptions,
} from "../../src/viewer/cache_view.ts";
import type { ViewAnswerRule } from "../../src/viewer/view_data.ts";
import { until } from "./until.ts";

/** Opens a view of a cache, and collects its messages in a list. */
export async function openView(
  cacheDir: string | readonly string[],
  options: Partial<CacheViewOptions> = {},
): Promise<{ readonly view: CacheView; readonly said: string[] }> {
  const said: string[] = [];
  const rules: readonly [ViewAnswerRule, AnswerRule][] = [
    ["boxed", "boxed"],
    ["number", "number"],
    ["choice", "choice"],
  ];
  const view = await CacheView.open(cacheDir, {
    rules: new Map(rules),
    truthOf: () => null,
    isChosen: () => true,
    warn: (message) => said.push(message),
    ...options,
  });
  return { view, said };
}

/** Polls until the result is as expected. */
export async function whenTold<T>(
  ask: () => Promise<T>,
  isIt: (told: T) => boolean,
): Promise<T> {
  let told: T;
  await until(async () => isIt(told = await ask()));
  return told!;
}
