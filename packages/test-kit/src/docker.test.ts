import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { findDocker } from "./docker.ts";

async function engineThatAnswers(status: number): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("finds an engine that answers", async () => {
  expect(await findDocker(await engineThatAnswers(200))).toEqual({ reachable: true });
});

it("says why there is none", async () => {
  expect(await findDocker("unix:///nowhere/docker.sock")).toEqual({ reachable: false, reason: "ENOENT" });
  expect(await findDocker(await engineThatAnswers(503))).toEqual({ reachable: false, reason: "it answered 503" });
});
