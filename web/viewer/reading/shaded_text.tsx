import type { VNode } from "npm:preact@10.29.8";
import {
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "npm:preact@10.29.8/hooks";
import type { TokenLogprob } from "../../../src/logprobs.ts";
import { shadedChunks, type ShadedToken, shadeOf } from "./shaded_chunks.ts";
import { whenNear } from "./when_near.ts";

/** A text and its tokens. */
export interface ShadedTextProps {
  readonly label: string;
  readonly text: string;
  readonly tokens: readonly TokenLogprob[];
  /** Called with the token under the pointer or with the focus. */
  readonly onShow: (token: ShadedToken) => void;
}

/** A text whose tokens are shaded by their surprise. Tab reaches one of them, arrow keys the others. */
export function ShadedText(
  { label, text, tokens, onShow }: ShadedTextProps,
): VNode {
  const chunks = useMemo(() => shadedChunks(text, tokens), [text, tokens]);
  const all = useMemo(() => chunks.flat(), [chunks]);
  const [current, setCurrent] = useState(0);
  const isMoved = useRef(false);
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (isMoved.current) {
      place.current!.querySelector<HTMLElement>("[tabindex='0']")?.focus();
    }
    isMoved.current = false;
  }, [current]);
  const step = (event: KeyboardEvent) => {
    const { key, altKey, ctrlKey, metaKey } = event;
    const to = {
      ArrowRight: current + 1,
      ArrowLeft: current - 1,
      Home: 0,
      End: all.length - 1,
    }[key];
    if (to === undefined || altKey || ctrlKey || metaKey) return;
    event.preventDefault();
    if (to === current || all[to] === undefined) return;
    isMoved.current = true;
    setCurrent(to);
  };
  /** Shows the token of an event, and returns its index. */
  const show = ({ target }: Event) => {
    const at = Number((target as HTMLElement).dataset.at ?? -1);
    if (all[at] !== undefined) onShow(all[at]);
    return at;
  };
  let first = 0;
  return (
    <div
      ref={place}
      role="group"
      aria-label={label}
      onKeyDown={step}
      onMouseOver={show}
      onFocusIn={(event) => setCurrent(show(event))}
    >
      {chunks.map((chunk) => {
        const start = first;
        first += chunk.length;
        const isHere = start <= current && current < first;
        return (
          <Chunk
            key={start}
            first={start}
            tokens={chunk}
            current={isHere ? current : -1}
          />
        );
      })}
    </div>
  );
}

/** A few hundred tokens, as plain text until they are near the window. */
function Chunk(
  { first, tokens, current }: {
    /** The index of the first token. */
    readonly first: number;
    readonly tokens: readonly ShadedToken[];
    /** The index of the token that Tab reaches, or -1 if it is in another chunk. */
    readonly current: number;
  },
): VNode {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setIsNear] = useState(false);
  useLayoutEffect(() => whenNear(place.current!, () => setIsNear(true)), []);
  const isShaded = isNear || current >= 0;
  const shown = useMemo(
    () =>
      isShaded
        ? tokens.map((token, place) => (
          <span
            key={place}
            class={`token shade-${shadeOf(token) ?? "unknown"}`}
            data-at={first + place}
            tabIndex={first + place === current ? 0 : -1}
          >
            {token.text}
          </span>
        ))
        : tokens.map(({ text }) => text).join(""),
    [tokens, isShaded, current],
  );
  return <div ref={place} class="shaded" dir="auto">{shown}</div>;
}
