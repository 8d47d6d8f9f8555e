import { bestays } from "@whitelabel/shared-config";
import { expect, it } from "vitest";
import { openMetrics } from "./metrics.ts";

const pool = { state: () => "up" as const, connections: () => ({ open: 3, active: 2, waiting: 1, max: 4 }) };

it("the metrics show what the stores and the log say at the moment of asking", async () => {
  const metrics = openMetrics(bestays);
  let dropped = 0;
  metrics.watch({ database: pool, core: undefined, redis: { state: () => "down" } }, () => dropped);
  dropped = 7;
  const sampled = async () => (await metrics.text()).split("\n");

  expect(await sampled()).toEqual(
    expect.arrayContaining([
      'store_up{store="database",product="bestays"} 1',
      'store_up{store="redis",product="bestays"} 0',
      'db_connections_active{store="database",product="bestays"} 2',
      'db_connections_total{store="database",product="bestays"} 3',
      'db_connections_max{store="database",product="bestays"} 4',
      'db_pool_waiting{store="database",product="bestays"} 1',
      'log_lines_dropped_total{product="bestays"} 7',
    ]),
  );
  dropped = 8;
  expect(await sampled()).toContain('log_lines_dropped_total{product="bestays"} 8');
  expect((await sampled()).join("\n")).not.toContain('store="core"'); // there is none
});

it("the metrics are written once for all who ask at the same time", async () => {
  const metrics = openMetrics(bestays);
  const first = metrics.text();
  expect(metrics.text()).toBe(first);
  await first;
  expect(metrics.text()).not.toBe(first);
});
