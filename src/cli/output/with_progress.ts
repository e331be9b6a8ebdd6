/** How often the number of items is reported, in milliseconds. */
const REPORT_MS = 5_000;

/** Reports the number of items so far at intervals. */
export async function* withProgress<Item>(
  items: AsyncIterable<Item>,
  report: (count: number) => void,
): AsyncGenerator<Item, void, undefined> {
  let count = 0;
  let reportedMs = performance.now();
  for await (const item of items) {
    yield item;
    count++;
    const nowMs = performance.now();
    if (nowMs - reportedMs < REPORT_MS) continue;
    reportedMs = nowMs;
    report(count);
  }
}
