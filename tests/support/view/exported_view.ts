import { exportView } from "../../../src/viewer/export_view.ts";
import type { ViewSource } from "../../../src/viewer/view_data.ts";

/** Exports a view as one page, as `rollouts view --export` writes it. */
export async function exportedView(
  source: ViewSource,
  leftOut: string | null = null,
): Promise<string> {
  const parts: string[] = [];
  const { cacheDirs } = await source.sets(0);
  await exportView(source, {
    write: (text) => {
      parts.push(text);
      return Promise.resolve();
    },
    leftOut,
    cacheDirs,
  });
  return parts.join("");
}
