import type { Env, Product } from "@whitelabel/shared-config";
import type { OnAnswer, Store, StoreReason } from "@whitelabel/shared-db";
import type { Logger } from "pino";
import { type Metrics, openMetrics } from "./metrics.ts";
import type { Traces } from "./traces.ts";

export type Telemetry = Readonly<{ metrics: Metrics; traces: Traces | undefined }>;

/** What a process counts, and what it traces if the deployment has a collector. */
export async function openTelemetry(product: Product, env: Env, log: Logger): Promise<Telemetry> {
  return { metrics: openMetrics(product), traces: await openTracesIfAsked(product, env, log) };
}

/** The SDK is big, and most processes live without it. */
async function openTracesIfAsked(product: Product, env: Env, log: Logger): Promise<Traces | undefined> {
  if (!env.traces) return undefined;
  const { openTraces } = await import("./open-traces.ts");
  return openTraces({ product, environment: env.environment, traces: env.traces, log });
}

/** What the client of a store is opened with, so that its calls are counted and traced. */
export function watcherOf(
  { metrics, traces }: Telemetry,
  store: Store,
): { onAnswer: OnAnswer; onFailure: (reason: StoreReason) => void } {
  const count = metrics.onAnswerOf(store);
  const trace = traces?.onAnswerOf(store);
  const both: OnAnswer = (report) => {
    count(report);
    trace?.(report);
  };
  return { onAnswer: trace ? both : count, onFailure: metrics.onFailureOf(store) };
}
