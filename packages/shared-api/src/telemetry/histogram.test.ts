import { Histogram, Registry } from "prom-client";
import { expect, it } from "vitest";
import { openHistogram } from "./histogram.ts";

it("tells of its values what prom-client's own histogram would", async () => {
  const about = { name: "waits_seconds", help: "How long it took", buckets: [0.1, 1, 3] };
  const [ours, theirs] = [new Registry(), new Registry()];
  for (const register of [ours, theirs]) register.setDefaultLabels({ product: "bestays" });
  const seriesOf = openHistogram({ ...about, register: ours });
  const histogram = new Histogram({ ...about, labelNames: ["route"], registers: [theirs] });

  for (const [route, values] of Object.entries({ "/a/:id": [0.05, 0.1, 0.5, 3, 7], "/b": [2] })) {
    const series = seriesOf({ route });
    for (const value of values) {
      series.observe(value);
      histogram.observe({ route }, value);
    }
  }
  const linesOf = async (register: Registry) =>
    (await register.metrics())
      .split("\n")
      .map((line) => line.replace(/\{(.*)\}/, (_, labels) => `{${labels.split(",").sort()}}`));
  expect((await linesOf(ours)).sort()).toEqual((await linesOf(theirs)).sort());
});
