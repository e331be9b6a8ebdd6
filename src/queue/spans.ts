import {
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "./npm_opentelemetry.ts";
import type { Outcome } from "../outcome.ts";
import type { AttemptJob } from "./attempt_job.ts";
import { outcomeName } from "./outcome_name.ts";

/** A span that goes on. Where nobody collects spans it costs next to nothing. */
export interface OpenSpan extends Disposable {
  /** Starts one that belongs to it. */
  child(name: string, attributes: Attributes): OpenSpan;
  /** Where it is, for a span of another machine, as W3C trace context. */
  readonly carrier: Readonly<Record<string, string>>;
}

/** The span of an attempt. */
export interface AttemptSpan extends Disposable {
  /** Says what it came to. */
  end(outcome: Outcome): void;
}

/** What a span tells beside its name. No prompt and no answer is among it. */
type Attributes = Readonly<Record<string, string | number>>;

const NAME = "rollouts";

/** Starts the span of a call. */
export function callSpan(attributes: Attributes): OpenSpan {
  const span = trace.getTracer(NAME).startSpan("rollouts.call", { attributes });
  return open(span);
}

/** Starts the span of an attempt, which belongs to the span that its job names. */
export function attemptSpan(
  { model, seed, trace: carrier }: AttemptJob,
): AttemptSpan {
  const span = trace.getTracer(NAME).startSpan("rollouts.attempt", {
    kind: SpanKind.CLIENT,
    attributes: { "gen_ai.request.model": model, "rollouts.seed": seed },
  }, propagation.extract(context.active(), carrier));
  return {
    end: (outcome) => {
      span.setAttribute("rollouts.outcome", outcomeName(outcome));
      if (outcome.type === "failure") {
        const { message } = outcome.failure;
        span.setStatus({ code: SpanStatusCode.ERROR, message });
        return;
      }
      const { usage, provider } = outcome.response;
      span.setAttributes({
        "gen_ai.usage.input_tokens": usage.promptTokens,
        "gen_ai.usage.output_tokens": usage.completionTokens,
        ...(usage.cost === null ? {} : { "rollouts.cost_usd": usage.cost }),
        ...(provider === null ? {} : { "rollouts.provider": provider }),
      });
    },
    [Symbol.dispose]: () => span.end(),
  };
}

function open(span: Span): OpenSpan {
  const within = trace.setSpan(context.active(), span);
  return {
    child: (name, attributes) =>
      open(trace.getTracer(NAME).startSpan(name, { attributes }, within)),
    get carrier() {
      const carrier: Record<string, string> = {};
      if (span.isRecording()) propagation.inject(within, carrier);
      return carrier;
    },
    [Symbol.dispose]: () => span.end(),
  };
}
