import type { VNode } from "npm:preact@10.29.8";
import type { ToolCall } from "../../../src/prompt.ts";
import { LongText } from "../text/long_text.tsx";

/** The tool calls of a model with their arguments. */
export function ToolCalls(
  { calls }: { readonly calls: readonly ToolCall[] },
): VNode | null {
  if (calls.length === 0) return null;
  return (
    <ul class="tool-calls">
      {calls.map((call, place) => (
        <li key={place}>
          <span class="chip f-tool_calls">tool call</span>{" "}
          <b>
            <bdi>{call.function.name}</bdi>
          </b>
          <code>
            <LongText text={call.function.arguments} first={2000} />
          </code>
        </li>
      ))}
    </ul>
  );
}
