import type { OnAnswer, Store } from "@whitelabel/shared-db";
import type { RequestReport } from "./request-report.ts";

/** The spans of this process; made by `open-traces.ts`, which is loaded only where there is a collector. */
export type Traces = Readonly<{
  /** A request begins, as a part of the caller's trace if its `traceparent` names one. */
  begin(traceparent: string | undefined): RequestSpan;
  /** A call to a store becomes a span of the request that made it; outside of a request it is none. */
  onAnswerOf(store: Store): OnAnswer;
  /** Sends what is left, if the collector takes it quickly. */
  close(): Promise<void>;
}>;

export type RequestSpan = Readonly<{
  /** To find the trace from a line of the log; undefined where this request is not sampled. */
  trace_id: string | undefined;
  run<T>(work: () => T): T;
  end(report: RequestReport): void;
}>;
