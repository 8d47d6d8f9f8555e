import { describe, expect, it } from "vitest";
import { ApiError } from "./api-error.ts";
import { methodsFor } from "./methods.ts";
import { answerWith, hangUp, json, noContent, problem, silence } from "./testing/answer-with.ts";
import type { ChangeOptions, ClientOptions, CreateOptions } from "./types.ts";

const operations = {
  getThing: { method: "GET", path: "/api/v1/things/{id}" },
  createThing: { method: "POST", path: "/api/v1/things", once: true },
  askThing: { method: "POST", path: "/api/v1/things" },
  changeThing: { method: "PATCH", path: "/api/v1/things/{id}" },
  putThing: { method: "PUT", path: "/api/v1/things/{id}" },
  deleteThing: { method: "DELETE", path: "/api/v1/things/{id}" },
  getMe: { method: "GET", path: "/api/v1/me", bare: true },
} as const;

type Method = (input: object, options?: CreateOptions & ChangeOptions) => Promise<unknown>;
type Methods = Record<Exclude<keyof typeof operations, "getMe">, Method> & {
  getMe: (options?: CreateOptions) => Promise<unknown>;
};

const clientOf = (baseUrl: string, options: Partial<ClientOptions> = {}) =>
  methodsFor(operations, { baseUrl, ...options }) as Methods;

const failureOf = async (call: Promise<unknown>): Promise<ApiError> => {
  const error = await call.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
};

describe("a call", () => {
  it("sends the token, the language and JSON, and returns what was answered", async () => {
    const { url, seen } = await answerWith(json({ ok: true }));
    const client = clientOf(url, { token: async () => "t0", locale: () => "th" });
    expect(await client.putThing({ id: 1, body: { title: "สวัสดี" } }, { version: 7 })).toEqual({ ok: true });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: "PUT", url: "/api/v1/things/1", body: '{"title":"สวัสดี"}' });
    expect(seen[0]?.headers).toMatchObject({
      authorization: "Bearer t0",
      "accept-language": "th",
      "content-type": "application/json",
      "if-match": '"7"',
    });
  });

  it("goes out without a token when there is none, and sends no body and no key with a GET", async () => {
    const { url, seen } = await answerWith(json([]));
    await clientOf(url, { token: () => null }).getThing({ id: 1 });
    for (const name of ["authorization", "idempotency-key", "content-type", "cookie"]) {
      expect(seen[0]?.headers).not.toHaveProperty(name);
    }
  });

  it("takes its options first when there is nothing to put in", async () => {
    const { url } = await answerWith(json({}, 200, { "X-Request-Id": "abc" }));
    const ids: (string | null)[] = [];
    await clientOf(url).getMe({ onResponse: ({ headers }) => ids.push(headers.get("X-Request-Id")) });
    expect(ids).toEqual(["abc"]);
  });

  it("lets what its observer throws pass, and is not sent again for it", async () => {
    const { url, seen } = await answerWith(json({}));
    const onResponse = () => {
      throw new RangeError("not ours");
    };
    await expect(clientOf(url).getMe({ onResponse })).rejects.toThrow(RangeError);
    expect(seen).toHaveLength(1);
  });

  it("returns nothing for an answer without content", async () => {
    const { url } = await answerWith(noContent);
    expect(await clientOf(url).deleteThing({ id: 1 })).toBeUndefined();
  });
});

describe("an error", () => {
  it("carries what the API said", async () => {
    const body = {
      code: "invalid",
      detail: "No",
      request_id: "r1",
      errors: [{ path: "json.title", message: "Too long" }],
    };
    const { url } = await answerWith(json(body, 422));
    expect(await failureOf(clientOf(url).createThing({ body: {} }))).toMatchObject({
      name: "ApiError",
      code: "invalid",
      status: 422,
      message: "No",
      request_id: "r1",
      errors: body.errors,
      retry_after: undefined,
    });
  });

  it("is `unexpected` when the answer is not the API's, whatever its status", async () => {
    const page = (status: number) => answerWith((response) => void response.writeHead(status).end("<h1>Hello</h1>"));
    for (const status of [200, 404, 500]) {
      const { url } = await page(status);
      expect(await failureOf(clientOf(url).getThing({ id: 1 }))).toMatchObject({ code: "unexpected", status });
    }
  });

  it("is `network` when nobody is there, with the reason as its cause", async () => {
    const error = await failureOf(clientOf("http://127.0.0.1:1", { attempts: 1 }).getThing({ id: 1 }));
    expect(error).toMatchObject({ code: "network", status: 0, errors: [] });
    expect(error.cause).toBeInstanceOf(Error);
  });

  it("is `network` when the answer breaks off", async () => {
    const { url } = await answerWith((response) => {
      response.writeHead(200, { "Content-Length": "100" }).write("{");
      setTimeout(() => response.destroy(), 20);
    });
    expect(await failureOf(clientOf(url, { attempts: 1 }).getThing({ id: 1 }))).toMatchObject({ code: "network" });
  });

  it("is `timeout` when the answer takes too long, its body included", async () => {
    const { url } = await answerWith(silence, (response) => void response.writeHead(200).write("{"));
    const client = clientOf(url, { attempts: 1, timeoutMs: 100 });
    expect(await failureOf(client.getThing({ id: 1 }))).toMatchObject({ code: "timeout", status: 0 });
    expect(await failureOf(client.getThing({ id: 1 }))).toMatchObject({ code: "timeout" });
  });

  it("of the token's own function is thrown as it is", async () => {
    const lost = new Error("signed out");
    const { url, seen } = await answerWith(json({}));
    await expect(clientOf(url, { token: () => Promise.reject(lost) }).getThing({ id: 1 })).rejects.toBe(lost);
    expect(seen).toHaveLength(0);
  });
});

describe("a call that failed", () => {
  const passing = [
    ["a lost connection", hangUp],
    ["502", (response) => void response.writeHead(502).end("<h1>Bad gateway</h1>")],
    ["503", problem("unavailable", 503, { "Retry-After": "0" })],
    ["504", problem("unavailable", 504)],
  ] as const satisfies [string, Parameters<typeof answerWith>[0]][];

  it.each(passing)("is sent again after %s, with a new token each time", async (_name, failure) => {
    let count = 0;
    for (const [method, input] of [
      ["getThing", { id: 1 }],
      ["putThing", { id: 1, body: {} }],
      ["deleteThing", { id: 1 }],
    ] as const) {
      const { url, seen } = await answerWith(failure, json({ ok: true }));
      expect(await clientOf(url, { token: () => `t${++count}` })[method](input)).toEqual({ ok: true });
      expect(seen.map(({ headers }) => headers.authorization)).toEqual([`Bearer t${count - 1}`, `Bearer t${count}`]);
    }
  });

  it("keeps its key over all its attempts, and another call has another", async () => {
    const { url, seen } = await answerWith(hangUp, problem("unavailable", 503), json({}), json({}));
    const client = clientOf(url);
    await client.createThing({ body: { n: 1 } });
    await client.createThing({ body: { n: 1 } });
    const keys = seen.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toHaveLength(4);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[3]).not.toBe(keys[0]);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
  });

  it("is not sent again, and has no key, where the API does not promise one effect", async () => {
    for (const [, failure] of passing) {
      const { url, seen } = await answerWith(failure, json({}));
      await failureOf(clientOf(url).askThing({ body: {} }));
      expect(seen.map(({ headers }) => headers["idempotency-key"])).toEqual([undefined]);
    }
  });

  it("takes a key of the caller's own", async () => {
    const { url, seen } = await answerWith(json({}));
    await clientOf(url).createThing({ body: {} }, { idempotencyKey: "mine" });
    expect(seen[0]?.headers["idempotency-key"]).toBe("mine");
  });

  it("waits out its own first attempt, but not a conflict that stays", async () => {
    const running = await answerWith(hangUp, problem("conflict", 409, { "Retry-After": "0" }), json({ id: 1 }));
    expect(await clientOf(running.url).createThing({ body: {} })).toEqual({ id: 1 });
    const taken = await answerWith(problem("conflict", 409));
    expect(await failureOf(clientOf(taken.url).createThing({ body: {} }))).toMatchObject({ code: "conflict" });
    expect(taken.seen).toHaveLength(1);
  });

  it("is not sent again when that could change something twice: a PATCH without a version", async () => {
    for (const [, failure] of passing) {
      const { url, seen } = await answerWith(failure, json({}));
      await failureOf(clientOf(url).changeThing({ id: 1, body: {} }));
      expect(seen).toHaveLength(1);
      const versioned = await answerWith(failure, json({}));
      await clientOf(versioned.url).changeThing({ id: 1, body: {} }, { version: 2 });
      expect(versioned.seen.map(({ headers }) => headers["if-match"])).toEqual(['"2"', '"2"']);
    }
  });

  it("is sent again when it was turned away at the door, after the time that was asked for", async () => {
    const { url, seen } = await answerWith(problem("rate_limited", 429, { "Retry-After": "1" }), json({}));
    const started = performance.now();
    await clientOf(url).changeThing({ id: 1, body: {} });
    expect(performance.now() - started).toBeGreaterThan(990);
    expect(seen).toHaveLength(2);
  });

  it("is given back with its time when that is long", async () => {
    const { url, seen } = await answerWith(problem("rate_limited", 429, { "Retry-After": "60" }));
    expect(await failureOf(clientOf(url).getThing({ id: 1 }))).toMatchObject({ code: "rate_limited", retry_after: 60 });
    expect(seen).toHaveLength(1);

    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const dated = await answerWith(problem("unavailable", 503, { "Retry-After": date }));
    const { retry_after } = await failureOf(clientOf(dated.url).getThing({ id: 1 }));
    expect(retry_after).toBeGreaterThan(3_500);
  });

  it.each([
    ["invalid", 422],
    ["unauthenticated", 401],
    ["not_found", 404],
    ["gone", 410],
    ["precondition_failed", 412],
    ["internal", 500],
  ])("is not sent again after %s, which would stay", async (code, status) => {
    const { url, seen } = await answerWith(problem(code, status));
    expect(await failureOf(clientOf(url).getThing({ id: 1 }))).toMatchObject({
      code,
      status,
      request_id: "req-from-body",
    });
    expect(seen).toHaveLength(1);
  });

  it("gives up after as many attempts as were asked for", async () => {
    const { url, seen } = await answerWith(hangUp);
    expect(await failureOf(clientOf(url).getThing({ id: 1 }))).toMatchObject({ code: "network" });
    expect(seen).toHaveLength(3);
    await failureOf(clientOf(url, { attempts: 1 }).getThing({ id: 1 }));
    expect(seen).toHaveLength(4);
  });
});

describe("an aborted call", () => {
  it("ends before it starts, while it is under way, and while it waits to be sent again", async () => {
    const before = await answerWith(json({}));
    const signal = AbortSignal.abort();
    expect(await failureOf(clientOf(before.url).getThing({ id: 1 }, { signal }))).toMatchObject({ code: "aborted" });
    expect(before.seen).toHaveLength(0);

    for (const answer of [silence, problem("unavailable", 503, { "Retry-After": "10" })]) {
      const controller = new AbortController();
      const { url, seen } = await answerWith((response, request) => {
        answer(response, request);
        setTimeout(() => controller.abort(new Error("left the page")), 50);
      });
      const error = await failureOf(clientOf(url).getThing({ id: 1 }, { signal: controller.signal }));
      expect(error).toMatchObject({ code: "aborted", status: 0, cause: { message: "left the page" } });
      expect(seen).toHaveLength(1);
    }
  });
});
