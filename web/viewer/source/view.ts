import type {
  SampleSet,
  SetChanges,
  ViewSource,
} from "../../../src/viewer/view_data.ts";
import type { Query } from "../route/route.ts";

/** The properties of every page. */
export interface View extends
  Pick<
    SetChanges,
    "cacheDirs" | "answerRules" | "givenRule" | "reading" | "live" | "leftOut"
  > {
  readonly source: ViewSource;
  readonly sets: ReadonlyMap<string, SampleSet>;
  /** The query of the address: filters, order and other choices. */
  readonly query: Query;
}
