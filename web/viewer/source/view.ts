import type {
  ReadingProgress,
  SampleSet,
  ViewAnswerRule,
  ViewSource,
} from "../../../src/viewer/view_data.ts";
import type { Query } from "../route/route.ts";

/** The properties of every page. */
export interface View {
  readonly source: ViewSource;
  readonly sets: ReadonlyMap<string, SampleSet>;
  /** The path of the cache directory, shown as the title. */
  readonly cacheDir: string;
  readonly answerRules: readonly ViewAnswerRule[];
  /** How many samples have been read, or `null` if all have. */
  readonly reading: ReadingProgress | null;
  /** Which part of the cache an exported page contains, or `null` if it contains all of it. */
  readonly leftOut: string | null;
  /** The query of the address: filters, order and other choices. */
  readonly query: Query;
}
