import type { VNode } from "npm:preact@10.29.8";
import { useLayoutEffect, useRef, useState } from "npm:preact@10.29.8/hooks";
import type { ViewSource } from "../../src/viewer/view_data.ts";
import { ComparePage } from "./compare/compare_page.tsx";
import { Help } from "./parts/help.tsx";
import { Notices } from "./parts/notices.tsx";
import { TopBar } from "./parts/top_bar.tsx";
import { listAddress } from "./route/last_opened.ts";
import { useKeys } from "./route/use_keys.ts";
import { useRoute } from "./route/use_route.ts";
import { SetPage } from "./set/set_page.tsx";
import { SetsPage } from "./sets/sets_page.tsx";
import { useScrollPositions } from "./route/use_scroll_positions.ts";
import { useLiveSets } from "./source/live_sets.ts";
import type { View } from "./source/view.ts";

/** The viewer: the bar and the current page. */
export function App(
  { source, live }: { readonly source: ViewSource; readonly live: boolean },
): VNode {
  const state = useLiveSets(source, live);
  const route = useRoute();
  const [help, setHelp] = useState(false);
  const main = useRef<HTMLElement>(null);
  const compared = route.query.diff?.includes(" ") ? ["differences"] : [];
  const place = [...route.path, ...compared].join("/");
  const before = useRef(place);

  useKeys({
    "?": () => setHelp(true),
    "/": () => document.getElementById("search")?.focus(),
  });
  useScrollPositions(place);
  // Screen readers announce the new page.
  useLayoutEffect(() => {
    if (before.current === place) return;
    before.current = place;
    const title = main.current?.querySelector<HTMLElement>("h1");
    title?.focus({ preventScroll: true });
  }, [place]);

  const { head, sets } = state;
  const view: View | null = head === null ? null : {
    ...head,
    source,
    sets,
    query: route.query,
  };
  return (
    <>
      <a class="skip" href="#main" onClick={toMain}>Skip to content</a>
      <TopBar
        route={route}
        isFound={route.page !== "set" || view === null ||
          view.sets.has(route.ids[0]!)}
        onHelp={() => setHelp(true)}
      />
      <main id="main" ref={main} tabIndex={-1}>
        <Notices state={state} view={view} />
        {view !== null && (
          <Page
            view={view}
            page={route.page}
            ids={route.ids}
          />
        )}
      </main>
      {help && <Help onClose={() => setHelp(false)} />}
    </>
  );
}

function Page(
  { view, page, ids }: {
    readonly view: View;
    readonly page: string;
    readonly ids: readonly string[];
  },
): VNode {
  const [first, second] = ids;
  const set = view.sets.get(first ?? "");
  const compared = ids.flatMap((id) => view.sets.get(id) ?? []);
  if (page === "sets") return <SetsPage view={view} />;
  if (page === "set" && set !== undefined) {
    return <SetPage key={set.id} view={view} set={set} name={second ?? null} />;
  }
  if (page === "compare" && compared.length === ids.length) {
    return <ComparePage key={ids.join("/")} view={view} sets={compared} />;
  }
  return (
    <div class="page empty">
      <h1 tabIndex={-1}>
        {page === "unknown" ? "Page not found" : "Set not found"}
      </h1>
      <p>
        {page === "unknown"
          ? "The viewer has no page at this address."
          : view.reading !== null
          ? "This set has not been read yet."
          : "This set is not in the cache."}
      </p>
      <p>
        <a href={listAddress()}>All sets</a>
      </p>
    </div>
  );
}

/** A skip link, without the fragment, which is used for routes. */
function toMain(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
