import type { Notices } from "../notices.ts";
import type { Call } from "./call.ts";

/** Tells, where that is wanted, what is cached, why the first miss is one, and what is sent. */
export function tellPlan(
  { settings, plan, cache }: Call,
  missing: readonly number[],
  notices: Notices,
): void {
  const [first] = missing;
  const { nSamples, useCache, verbose } = settings;
  if (!verbose) return;
  const tell = (message: string) => notices.tell(settings, message);
  tell(`${nSamples - missing.length} of ${nSamples} samples are cached`);
  if (first === undefined) return;
  if (useCache) {
    tell(`seed ${first} is not: ${cache.samples.explainMiss(first).reason}`);
  }
  const how = plan.template === null
    ? ""
    : `, as one text by the chat template ${plan.template}`;
  tell(`to ${plan.url} goes ${JSON.stringify(plan.body)}${how}`);
}
