import { afterAll, expect } from "vitest";

// The files that one worker runs share its process and its modules (docs/testing.md). A file that leaves the process
// otherwise than it found it could let a later one pass, or fail, so it is put right, and the file at fault fails.

// Not signals: a library of testcontainers listens to these from its first load on.
const events = ["uncaughtException", "unhandledRejection"] as const;
const { env } = process;
const { fetch, Request, Response } = globalThis;
const { now } = Date;
const variables = { ...env };
const folder = process.cwd();
const { exitCode } = process;
const listeners = listenersNow();

afterAll(() => {
  const changed = [
    ...changedVariables(),
    ...(process.cwd() === folder ? [] : ["the working folder"]),
    ...(process.exitCode === exitCode ? [] : ["the exit code"]),
    ...(globalThis.fetch === fetch ? [] : ["fetch"]),
    ...(Date.now === now ? [] : ["the clock"]),
    ...events.filter((event) => listenersNow().get(event) !== listeners.get(event)),
  ];
  process.env = env;
  for (const name of Object.keys(env)) if (!(name in variables)) delete env[name];
  Object.assign(env, variables);
  process.chdir(folder);
  process.exitCode = exitCode;
  Date.now = now;
  // What @hono/node-server puts in place of these two, for good, when it first listens, has not all that they have.
  Object.assign(globalThis, { fetch, Request, Response });
  expect(changed, "what this test file left changed in the process").toEqual([]);
});

/** Their names only: what a variable holds may be a secret. */
function changedVariables(): string[] {
  const names = new Set([...Object.keys(variables), ...Object.keys(process.env)]);
  return [...names].filter((name) => process.env[name] !== variables[name]).map((name) => `$${name}`);
}

function listenersNow() {
  return new Map(events.map((event) => [event, process.listenerCount(event)]));
}
