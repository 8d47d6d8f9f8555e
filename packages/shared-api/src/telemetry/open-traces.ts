import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Attributes,
  type Context,
  type HrTime,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { parseTraceParent, setGlobalErrorHandler } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Env, Product } from "@whitelabel/shared-config";
import { storeErrorIn } from "@whitelabel/shared-db";
import type { Logger } from "pino";
import { errorDetails } from "../http/error-details.ts";
import { methodOf, type RequestReport } from "./request-report.ts";
import { summaryOf } from "./statement-summary.ts";
import type { Traces } from "./traces.ts";

/** A collector that takes longer loses the batch; requests never wait for it. */
const EXPORT_MS = 5_000;
const EVERY_MS = 1_000;
/** Beyond this many spans that are not sent yet, new ones are dropped: memory is for requests. */
const MAX_QUEUE = 4_096;
const COMPLAIN_EVERY_MS = 60_000;

type Options = Readonly<{ product: Product; environment: string; traces: NonNullable<Env["traces"]>; log: Logger }>;

/** Traces by OTLP over HTTP. Spans hold routes, names of tables and codes: never a path, a parameter or a message. */
export function openTraces({ product, environment, traces, log }: Options): Traces {
  const { url, headers, serviceName, share } = traces;
  complainRarely(log);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      "service.name": serviceName,
      "service.namespace": product.id,
      "deployment.environment.name": environment,
      product: product.id,
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url, headers, timeoutMillis: EXPORT_MS }),
        scheduledDelayMillis: EVERY_MS,
        exportTimeoutMillis: EXPORT_MS,
        maxQueueSize: MAX_QUEUE,
      }),
    ],
  });
  const tracer = provider.getTracer("@whitelabel/shared-api");
  const requests = new AsyncLocalStorage<{ context: Context; clock: Clock }>();

  return {
    begin(traceparent) {
      const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
      const outside = parent ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true }) : ROOT_CONTEXT;
      const clock = openClock();
      const span = tracer.startSpan("request", { kind: SpanKind.SERVER, startTime: clock(performance.now()) }, outside);
      if (!span.isRecording()) return { trace_id: undefined, run: (work) => work(), end: () => {} };
      return {
        trace_id: span.spanContext().traceId,
        run: (work) => requests.run({ context: trace.setSpan(outside, span), clock }, work),
        end: (report) => endRequest(span, report, clock),
      };
    },

    onAnswerOf: (store) => (report) => {
      const request = requests.getStore();
      if (!request) return;
      const { context, clock } = request;
      const { name, attributes } = describe(store, report.text);
      const startTime = clock(report.asked_at);
      const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes, startTime }, context);
      if (report.sent_at !== undefined) span.setAttribute("whitelabel.wait_ms", report.sent_at - report.asked_at);
      if (report.failure !== undefined) fail(span, kindOf(report.failure));
      span.end(clock(performance.now()));
    },

    close: () => provider.shutdown().catch(() => {}),
  };
}

/** What an instant of `performance.now()` is on the wall clock. */
type Clock = (instant: number) => HrTime;

/**
 * One for all spans of a request. By the wall clock, whole milliseconds, a call would seem to outlast its request, and so
 * it would by the correction that OpenTelemetry makes for each span on its own.
 */
function openClock(): Clock {
  const origin = Date.now() - performance.now();
  return (instant) => {
    const ms = origin + instant;
    return [Math.floor(ms / 1_000), Math.floor((ms % 1_000) * 1e6)];
  };
}

function endRequest(span: Span, { method, route, status, code, request_id }: RequestReport, clock: Clock): void {
  const known = methodOf(method);
  span.updateName(`${known} ${route}`);
  span.setAttributes({
    "http.request.method": known,
    "http.route": route,
    "http.response.status_code": status,
    "whitelabel.request_id": request_id,
    ...(code && { "whitelabel.code": code }),
  });
  if (status >= 500) fail(span, code ?? String(status));
  span.end(clock(performance.now()));
}

function fail(span: Span, type: string): void {
  span.setAttribute("error.type", type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** A reason or an SQLSTATE; a driver's message may carry values of rows. */
function kindOf(failure: unknown): string {
  const known = storeErrorIn(failure);
  if (known) return known.reason;
  const code = failure instanceof Error && "code" in failure ? failure.code : undefined;
  return typeof code === "string" && /^\w{1,40}$/.test(code) ? code : "error";
}

function describe(store: string, text: string): { name: string; attributes: Attributes } {
  if (store === "redis") {
    const attributes = { "db.system.name": "redis", "db.operation.name": text, "whitelabel.store": store };
    return { name: `redis ${text}`, attributes };
  }
  const { operation, table } = summaryOf(text);
  return {
    name: [store, operation, table].filter(Boolean).join(" "),
    attributes: {
      "db.system.name": "postgresql",
      "db.operation.name": operation,
      ...(table && { "db.collection.name": table }),
      "whitelabel.store": store,
    },
  };
}

/** A collector that is away for an hour is one line a minute. */
function complainRarely(log: Logger): void {
  let last = Number.NEGATIVE_INFINITY;
  setGlobalErrorHandler((error) => {
    if (performance.now() - last < COMPLAIN_EVERY_MS) return;
    last = performance.now();
    log.warn({ error: errorDetails(error) }, "traces could not be sent");
  });
}
