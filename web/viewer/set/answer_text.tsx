import type { VNode } from "npm:preact@10.29.8";
import { shortened } from "../text/shortened.ts";

/** An answer in at most `length` characters, or a note that there is none. */
export function AnswerText(
  { answer, length }: {
    readonly answer: string | null;
    readonly length: number;
  },
): VNode {
  return answer === null
    ? <span class="none">no answer</span>
    : <bdi class="answer-text">{shortened(answer, length)}</bdi>;
}
