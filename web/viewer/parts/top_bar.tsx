import type { VNode } from "npm:preact@10.29.8";
import { useEffect, useRef, useState } from "npm:preact@10.29.8/hooks";
import { listAddress } from "../route/last_opened.ts";
import { address, type Route } from "../route/route.ts";
import { choose } from "../route/use_route.ts";

/** The delay of a search: browsers limit address changes to a few hundred per half minute. */
const REST_MS = 250;

/** The bar at the top of every page: links back, the search, and help. */
export function TopBar(
  { route, isFound, onHelp }: {
    readonly route: Route;
    /** Whether the page of the address exists. */
    readonly isFound: boolean;
    readonly onHelp: () => void;
  },
): VNode {
  const isPair = route.query.diff?.includes(" ") ?? false;
  const isSet = isFound && route.page === "set";
  const searched = route.page === "sets" || isSet && !isPair;
  return (
    <header class="top-bar">
      <nav aria-label="Pages">
        <a
          class="home"
          href={route.page === "sets" ? address([]) : listAddress()}
          aria-current={route.page === "sets" ? "page" : undefined}
        >
          All sets
        </a>
        {isSet && (route.ids.length > 1 || isPair) && (
          <a
            href={address(["set", route.ids[0]!], { ...route.query, diff: "" })}
          >
            This set
          </a>
        )}
      </nav>
      {searched && (
        <SearchBox
          key={route.page + route.ids.join(" ")}
          text={route.query.q ?? ""}
          label={route.ids.length > 1
            ? "Search this sample"
            : route.page === "set"
            ? "Search this set’s samples"
            : "Search prompts and samples"}
        />
      )}
      <button
        type="button"
        class="help-button"
        aria-label="Help"
        aria-keyshortcuts="?"
        onClick={onHelp}
      >
        ?
      </button>
    </header>
  );
}

function SearchBox(
  { text, label }: { readonly text: string; readonly label: string },
): VNode {
  const [typed, setTyped] = useState(text);
  const timer = useRef<number>();
  useEffect(() => () => clearTimeout(timer.current), []);
  // Something else may have changed the address.
  useEffect(() => setTyped(text), [text]);
  const apply = (value: string) => {
    clearTimeout(timer.current);
    choose({ q: value.trim() });
  };
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        apply(typed);
      }}
    >
      <input
        id="search"
        type="search"
        placeholder={label}
        aria-label={label}
        aria-keyshortcuts="/"
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          clearTimeout(timer.current);
          const { value } = currentTarget;
          timer.current = setTimeout(() => apply(value), REST_MS);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          setTyped("");
          apply("");
          event.currentTarget.blur();
        }}
      />
    </form>
  );
}
