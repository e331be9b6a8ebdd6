import type { Outcome } from "../outcome.ts";
import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
} from "./npm_opentelemetry.ts";
import { outcomeName } from "./outcome_name.ts";

/** The span of a request. It costs next to nothing if no spans are collected. */
export interface RequestSpan extends Disposable {
  /** Its W3C trace context, for the span of another process. Empty if no spans are collected. */
  readonly carrier: Readonly<Record<string, string>>;
  setOutcome(outcome: Outcome): void;
}

export interface RequestSpanOptions {
  readonly model: string;
  readonly seed: number;
  /** The trace context of the parent. By default it is the caller's active span. */
  readonly parent?: Readonly<Record<string, string>>;
}

/** Starts the span of a request. It contains no prompt and no answer. */
export function startRequestSpan(
  name: string,
  { model, seed, parent }: RequestSpanOptions,
): RequestSpan {
  const active = context.active();
  const span = trace.getTracer("rollouts").startSpan(name, {
    kind: parent === undefined ? SpanKind.PRODUCER : SpanKind.CLIENT,
    attributes: { "gen_ai.request.model": model, "rollouts.seed": seed },
  }, parent === undefined ? active : propagation.extract(active, parent));
  const carrier: Record<string, string> = {};
  if (span.isRecording()) {
    propagation.inject(trace.setSpan(active, span), carrier);
  }
  return {
    carrier,
    setOutcome: (outcome) => {
      span.setAttribute("rollouts.outcome", outcomeName(outcome));
      if (outcome.type === "failure") {
        const { message } = outcome.failure;
        span.setStatus({ code: SpanStatusCode.ERROR, message });
        return;
      }
      const { usage, provider } = outcome.response;
      span.setAttributes({
        "gen_ai.usage.input_tokens": usage.promptTokens ?? undefined,
        "gen_ai.usage.output_tokens": usage.completionTokens ?? undefined,
        ...(usage.cost === null ? {} : { "rollouts.cost_usd": usage.cost }),
        ...(provider === null ? {} : { "rollouts.provider": provider }),
      });
    },
    [Symbol.dispose]: () => span.end(),
  };
}
