import type { VNode } from "npm:preact@10.29.8";
import {
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "npm:preact@10.29.8/hooks";
import { counted } from "../text/numbers.ts";
import type { Range } from "./matches.ts";
import { ReadableText } from "./readable_text.tsx";
import { type ThoughtSentence, thoughtSentences } from "./sentences.ts";
import { whenNear } from "./when_near.ts";

/** A thought, and what is marked in it. */
export interface ThoughtProps {
  readonly thought: string;
  /** How many characters at the start are the prefill. */
  readonly given: number;
  readonly hits: readonly Range[];
  /** The number of the current match, or -1. */
  readonly currentHit: number;
}

/** The sentences of a thought: numbered as in an anchors report, and folded on demand. */
export function Thought(
  { thought, given, hits, currentHit }: ThoughtProps,
): VNode {
  const sentences = useMemo(
    () => thoughtSentences(thought, given, hits),
    [thought, given, hits],
  );
  const [areFolded, setAreFolded] = useState(false);
  const [others, setOthers] = useState<ReadonlySet<number>>(new Set());
  const [current, setCurrent] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const toggle = (index: number) => {
    setCurrent(index);
    const after = new Set(others);
    if (!after.delete(index)) after.add(index);
    setOthers(after);
  };
  const step = (event: KeyboardEvent) => {
    const to = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      Home: 0,
      End: sentences.length - 1,
    }[event.key];
    if (to === undefined || sentences[to] === undefined) return;
    event.preventDefault();
    setCurrent(to);
    list.current!.querySelectorAll<HTMLElement>(".number")[to]!.focus();
  };
  return (
    <>
      <p class="thought-tools">
        <span class="note">
          {counted(sentences.length, "sentence")}, numbered from 0
        </span>
        <button
          type="button"
          class="quiet"
          aria-pressed={areFolded}
          onClick={() => {
            setAreFolded(!areFolded);
            setOthers(new Set());
          }}
        >
          {areFolded ? "Unfold all" : "Fold all"}
        </button>
      </p>
      <div ref={list} onKeyDown={step}>
        {chunks(sentences).map((chunk, place) => (
          <Chunk
            key={place}
            first={CHUNK * place}
            sentences={chunk}
            isFolded={(index) =>
              areFolded !== others.has(index) &&
              sentences[index]!.hits.length === 0}
            current={current}
            currentHit={currentHit}
            onToggle={toggle}
          />
        ))}
      </div>
    </>
  );
}

/** How many sentences are completed at once. */
const CHUNK = 10;

function chunks(
  sentences: readonly ThoughtSentence[],
): readonly (readonly ThoughtSentence[])[] {
  return Array.from(
    { length: Math.ceil(sentences.length / CHUNK) },
    (_, place) => sentences.slice(CHUNK * place, CHUNK * (place + 1)),
  );
}

/** A few sentences, as they are written until they are near the window. */
function Chunk(
  { first, sentences, isFolded, current, currentHit, onToggle }: {
    /** The index of the first sentence. */
    readonly first: number;
    readonly sentences: readonly ThoughtSentence[];
    readonly isFolded: (index: number) => boolean;
    /** The index of the sentence whose number Tab reaches. */
    readonly current: number;
    readonly currentHit: number;
    readonly onToggle: (index: number) => void;
  },
): VNode {
  const place = useRef<HTMLOListElement>(null);
  const [isNear, setIsNear] = useState(false);
  useLayoutEffect(() => whenNear(place.current!, () => setIsNear(true)), []);
  return (
    <ol ref={place} class="sentences" start={first}>
      {sentences.map((sentence, at) => {
        const index = first + at;
        return (
          <Sentence
            key={index}
            index={index}
            sentence={sentence}
            isPlain={!isNear || isFolded(index)}
            currentHit={currentHit}
            isFolded={isFolded(index)}
            isCurrent={index === current}
            onToggle={() => onToggle(index)}
          />
        );
      })}
    </ol>
  );
}

function Sentence(
  { index, sentence, isPlain, currentHit, isFolded, isCurrent, onToggle }: {
    readonly index: number;
    readonly sentence: ThoughtSentence;
    readonly isPlain: boolean;
    readonly currentHit: number;
    readonly isFolded: boolean;
    /** Whether Tab reaches its number. */
    readonly isCurrent: boolean;
    readonly onToggle: () => void;
  },
): VNode {
  const { text, startsParagraph, given, hits, firstHit } = sentence;
  const isHere = currentHit >= firstHit && currentHit < firstHit + hits.length;
  const ownHit = isHere ? currentHit : -1;
  // Only what is marked in it redraws a text.
  const words = useMemo(
    () => (
      <ReadableText
        text={text}
        hits={hits}
        firstHit={firstHit}
        currentHit={ownHit}
        given={given}
        isPlain={isPlain}
      />
    ),
    [sentence, isPlain, ownHit],
  );
  return (
    <li
      class={`thought-sentence${startsParagraph ? " paragraph" : ""}${
        isFolded ? " folded" : ""
      }`}
    >
      <button
        type="button"
        class="number"
        tabIndex={isCurrent ? 0 : -1}
        aria-expanded={!isFolded}
        aria-label={`Sentence ${index}`}
        onClick={onToggle}
      >
        {index}
      </button>
      <div class="words text" dir="auto">{words}</div>
    </li>
  );
}
