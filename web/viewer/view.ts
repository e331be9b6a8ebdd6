import type {
  ReadingProgress,
  SampleSet,
  ViewAnswerRule,
  ViewSource,
} from "../../src/viewer/view_data.ts";
import type { Query } from "./route/route.ts";

/** What every page is given. */
export interface View {
  readonly source: ViewSource;
  readonly sets: ReadonlyMap<string, SampleSet>;
  /** The title: the cache directory's path. */
  readonly cacheDir: string;
  readonly answerRules: readonly ViewAnswerRule[];
  /** How far the samples have been read; null where all are. */
  readonly reading: ReadingProgress | null;
  /** The part that an exported page holds; null where it holds all. */
  readonly leftOut: string | null;
  /** What is chosen on the page, as the address has it. */
  readonly query: Query;
}
