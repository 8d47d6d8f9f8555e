import { afterAll, expect } from "vitest";

// The files that one worker runs share its process and its modules (docs/testing.md). A file that leaves the process
// otherwise than it found it could let a later one pass, or fail, so it is put right, and the file at fault fails.

const events = ["uncaughtException", "unhandledRejection", "SIGINT", "SIGTERM", "SIGHUP"] as const;
const look = () => ({
  env: { ...process.env },
  folder: process.cwd(),
  exitCode: process.exitCode,
  listeners: Object.fromEntries(events.map((event) => [event, process.listeners(event as "SIGINT").length])),
  fetch: globalThis.fetch,
  now: Date.now,
});

// What @hono/node-server puts in their place, for good, when it first listens, has not all that these have.
const { Request, Response } = globalThis;
const env = process.env;
const found = look();

afterAll(() => {
  Object.assign(globalThis, { Request, Response });
  const left = look();
  process.env = env;
  for (const name of Object.keys(left.env)) if (!(name in found.env)) delete env[name];
  Object.assign(env, found.env);
  process.chdir(found.folder);
  process.exitCode = found.exitCode;
  expect(left, "what this test file left behind in the process").toEqual(found);
});
