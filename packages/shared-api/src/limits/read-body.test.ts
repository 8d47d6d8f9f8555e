import { Hono } from "hono";
import pino from "pino";
import { describe, expect, it } from "vitest";
import type { AppEnv } from "../deps.ts";
import { answerError } from "../http/answer-errors.ts";
import { readBody } from "./read-body.ts";

const MIB = 1_048_576;
/** One for all: what is read is kept and not copied while it arrives. */
const mebibyte = new Uint8Array(MIB);

const app = new Hono<AppEnv>();
app.onError(answerError("bestays", pino({ enabled: false })));
app.post("/items", async (c) => {
  await readBody(c);
  return c.text("read");
});

/** Sends a body that begins like this and then does not go on. `hangUp` ends it. */
function send(start: readonly Uint8Array[], headers: Record<string, string> = {}) {
  let hangUp = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const bytes of start) controller.enqueue(bytes);
      hangUp = () => controller.error(new Error("gone"));
    },
  });
  const init = { method: "POST", body, duplex: "half", headers: { "content-type": "application/json", ...headers } };
  const answered = Promise.resolve(app.request("/items", init as RequestInit)).then(({ status }) => status);
  return { answered, hangUp };
}

describe("a body", () => {
  it("that is declared too large is refused before it comes", async () => {
    const { answered } = send([], { "content-length": String(MIB + 1) });
    expect(await answered).toBe(413);
  });

  it("is refused while all that arrive at once are more than fits, and not for what arrived before", async () => {
    for (const _ of [1, 2]) {
      const arriving = Array.from({ length: 64 }, () => send([mebibyte]));
      await new Promise((resolve) => setTimeout(resolve, 20)); // all are read as far as they go
      expect(await send([new Uint8Array(1)]).answered).toBe(503);
      for (const { hangUp } of arriving) hangUp();
      expect(new Set(await Promise.all(arriving.map(({ answered }) => answered)))).toEqual(new Set([400]));
    }
  });
});
