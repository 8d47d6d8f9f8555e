import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { methodsFor } from "./methods.ts";
import { answerWith, hangUp, json, problem } from "./testing/answer-with.ts";
import type { CreateOptions, StreamEvent, StreamOptions } from "./types.ts";

type Stream = (options?: StreamOptions) => AsyncGenerator<StreamEvent<unknown>>;
type Ask = ((input: object, options?: CreateOptions) => Promise<unknown>) & {
  stream: (input: object, options?: StreamOptions) => AsyncGenerator<StreamEvent<unknown>>;
};

const clientOf = (baseUrl: string, token?: () => string) => {
  const operations = {
    follow: { method: "GET", path: "/api/v1/events", bare: true, events: "only" },
    ask: { method: "POST", path: "/api/v1/answers", events: "too" },
  } as const;
  return methodsFor(operations, { baseUrl, ...(token && { token }) }) as { follow: Stream; ask: Ask };
};

/** Sends these pieces, and ends unless told to stay. */
const events =
  (pieces: readonly string[], end: "end" | "stay" | "break" = "end") =>
  (response: ServerResponse) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    for (const piece of pieces) response.write(piece);
    if (end === "end") response.end();
    if (end === "break") setTimeout(() => response.destroy(), 20);
  };

const change = (id: number) => `id: ${id}\nevent: change\ndata: {"n":${id}}\n\n`;

/** The first so many events. */
async function take(count: number, stream: AsyncGenerator<StreamEvent<unknown>>) {
  const taken: StreamEvent<unknown>[] = [];
  for await (const event of stream) {
    taken.push(event);
    if (taken.length === count) break;
  }
  return taken;
}

describe("a stream that is followed", () => {
  it("goes on after its last event when it ends or is lost, without a gap or a repetition", async () => {
    const { url, seen } = await answerWith(
      events(["retry: 10\n\n", change(1), change(2), "id: 3\nevent: cha"]), // half an event counts for nothing
      events([change(3), ": heartbeat\nid: 5\n\n"], "break"),
      hangUp,
      problem("unavailable", 503, { "Retry-After": "0" }),
      problem("internal", 500),
      events([": still here\n\n", change(6)], "stay"),
    );
    let asked = 0;
    const connections: boolean[] = [];
    const stream = clientOf(url, () => `t${++asked}`).follow({ onConnection: (is) => connections.push(is) });

    const taken = await take(4, stream);
    expect(taken).toEqual([1, 2, 3, 6].map((n) => ({ id: String(n), event: "change", data: { n } })));
    expect(seen.map(({ headers }) => headers["last-event-id"])).toEqual([undefined, "2", "5", "5", "5", "5"]);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `Bearer t${n}`));
    expect(seen[0]?.headers.accept).toBe("text/event-stream");
    expect(connections).toEqual([true, false, true]); // an end in order is no loss
  });

  it("resumes where the caller says, and hands a reset on", async () => {
    const { url, seen } = await answerWith(events(["id: 90\nevent: reset\n\n", change(91)], "stay"));
    const taken = await take(2, clientOf(url).follow({ lastEventId: "7" }));
    expect(taken.map(({ id, event }) => [id, event])).toEqual([
      ["90", "reset"],
      ["91", "change"],
    ]);
    expect(seen[0]?.headers["last-event-id"]).toBe("7");
  });

  it("waits as long as the stream said before it connects again", async () => {
    const { url } = await answerWith(events(["retry: 300\n\n", change(1)]), events([change(2)], "stay"));
    const started = performance.now();
    await take(2, clientOf(url).follow());
    expect(performance.now() - started).toBeGreaterThan(290);
  });

  it("ends quietly when it is aborted: before, while it is open, and while it waits", async () => {
    const open = await answerWith(events([change(1)], "stay"));
    expect(await take(9, clientOf(open.url).follow({ signal: AbortSignal.abort() }))).toEqual([]);
    expect(open.seen).toHaveLength(0);

    for (const answer of [events([change(1)], "stay"), events(["retry: 60000\n\n", change(1)])]) {
      const { url } = await answerWith(answer);
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      expect(await take(9, clientOf(url).follow({ signal: controller.signal }))).toHaveLength(1);
    }
  });

  it("hands nothing on once it is aborted", async () => {
    const { url } = await answerWith(events([change(1) + change(2) + change(3)], "stay"));
    const controller = new AbortController();
    const seen: string[] = [];
    for await (const { id } of clientOf(url).follow({ signal: controller.signal })) {
      seen.push(id);
      controller.abort();
    }
    expect(seen).toEqual(["1"]);
  });

  it("comes back ever later to a stream that ends before it says anything", async () => {
    const { url, seen } = await answerWith(events(["retry: 0\n\n"]));
    await take(1, clientOf(url).follow({ signal: AbortSignal.timeout(1_000) }));
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.length).toBeLessThan(6);
  });

  it("throws when the answer is none: a page of a proxy, for example", async () => {
    const { url } = await answerWith((response) => void response.end("<h1>Sign in</h1>"));
    await expect(take(1, clientOf(url).follow())).rejects.toMatchObject({ code: "unexpected", status: 200 });
  });

  it("closes its connection when its reader leaves", async () => {
    let closed: () => void = () => {};
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { url } = await answerWith((response) => {
      response.on("close", closed);
      events([change(1)], "stay")(response);
    });
    await take(1, clientOf(url).follow());
    await isClosed;
  });

  it.each([
    ["unauthenticated", 401],
    ["forbidden", 403],
    ["feature_disabled", 404],
    ["invalid", 422],
  ])("throws when it is refused: %s", async (code, status) => {
    const { url, seen } = await answerWith(events(["retry: 10\n\n", change(1)]), problem(code, status));
    await expect(take(9, clientOf(url).follow())).rejects.toMatchObject({ name: "ApiError", code, status });
    expect(seen).toHaveLength(2);
  });
});

describe("an answer that comes in pieces", () => {
  it("ends with the answer, and is never asked for twice", async () => {
    const { url, seen } = await answerWith(events(['data: {"text":"Hel"}\n\n', "data: [DONE]\n\n"]));
    const taken = await take(9, clientOf(url).ask.stream({ body: { question: "?" } }));
    expect(taken.map(({ data }) => data)).toEqual([{ text: "Hel" }, "[DONE]"]);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: "POST", body: '{"question":"?"}' });

    const lost = await answerWith(events(["data: 1\n\n"], "break"));
    await expect(take(9, clientOf(lost.url).ask.stream({ body: {} }))).rejects.toMatchObject({ code: "network" });
    expect(lost.seen).toHaveLength(1);
  });

  it("comes whole if it is asked for as any other", async () => {
    const { url, seen } = await answerWith(json({ text: "Hello" }));
    expect(await clientOf(url).ask({ body: {} })).toEqual({ text: "Hello" });
    expect(seen[0]?.headers.accept).toBe("application/json");
  });
});
