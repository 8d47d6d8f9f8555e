import { createRoute, z } from "@hono/zod-openapi";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import type { AppEnv } from "../deps.ts";
import { AppError } from "./app-error.ts";
import { serveLazily } from "./lazy-routes.ts";
import { openRoutes } from "./open-routes.ts";

const showRoute = createRoute({
  method: "post",
  path: "/things/{id}",
  request: {
    params: z.object({ id: z.coerce.number() }),
    query: z.object({ size: z.enum(["s", "m"]) }),
    body: { required: true, content: { "application/json": { schema: z.object({ name: z.string() }) } } },
  },
  responses: { 200: { description: "All that came in" } },
});
const show = { method: "POST", path: "/things/:id" };

function useThings(routes = [show]) {
  const app = new Hono<AppEnv>();
  let made = 0;
  app.onError((error, c) => c.text("no", error instanceof AppError ? 422 : 500));
  app.use((_, next) => next());
  app.get("/others/:other/:id", (c) => c.text("other"));
  const load = serveLazily(app, routes, async () => {
    made += 1;
    return openRoutes().openapi(showRoute, (c) =>
      c.json({ ...c.req.valid("param"), ...c.req.valid("query"), ...c.req.valid("json") }),
    );
  });
  const send = (path: string, body: object) =>
    app.request(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return { app, load, send, made: () => made };
}

describe("routes that are made when they are first asked for", () => {
  it("are made once, however many ask at once, and not before", async () => {
    const { app, load, send, made } = useThings();
    expect((await app.request("/others/1/2")).status).toBe(200);
    expect(made()).toBe(0);
    const answers = await Promise.all(Array.from({ length: 5 }, () => send("/things/1?size=s", { name: "a" })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await load();
    expect(made()).toBe(1);
  });

  it("are tried again after they could not be made", async () => {
    const app = new Hono<AppEnv>();
    let tries = 0;
    const load = serveLazily(app, [show], async () => {
      tries += 1;
      if (tries === 1) throw new Error("The disk did not answer");
      return openRoutes().openapi(showRoute, (c) => c.text("made"));
    });
    await expect(load()).rejects.toThrow("The disk");
    await load();
    expect(tries).toBe(2);
  });

  it("check their whole input, the first time and later", async () => {
    const { send } = useThings();
    for (let time = 0; time < 2; time += 1) {
      const good = await send("/things/7?size=m", { name: "a" });
      expect(await good.json()).toEqual({ id: 7, size: "m", name: "a" });
      expect((await send("/things/x?size=m", { name: "a" })).status).toBe(422);
      expect((await send("/things/7?size=l", { name: "a" })).status).toBe(422);
      expect((await send("/things/7?size=m", { name: 1 })).status).toBe(422);
    }
  });

  it("are not served if they are not those that were announced", async () => {
    for (const routes of [[], [show, { method: "GET", path: "/things" }], [{ method: "GET", path: "/things/:id" }]]) {
      const { load } = useThings(routes);
      await expect(load()).rejects.toThrow("Serves POST /things/:id and should serve");
    }
  });
});
