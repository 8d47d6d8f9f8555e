import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const input = join(import.meta.dirname, "../packages/shared-api/node_modules/@hono/node-server/dist/index.mjs");
const folder = mkdtempSync(join(tmpdir(), "whitelabel-hono-"));

// As in our bundle: a module that imports Node's http would load its fetch with it.
beforeAll(async () => {
  const bundle = await rolldown({ input, platform: "node" });
  await bundle.write({ format: "cjs", file: join(folder, "hono-server.js") });
  await bundle.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What such a process prints as JSON; this one has had Node's fetch for long. */
const said = (script: string): unknown =>
  JSON.parse(execFileSync(process.execPath, ["-e", script], { cwd: folder, env: {}, encoding: "utf8" }));

/** A server whose requests and answers are of Hono's server alone, as in our bundle, and what is told of one request. */
const served = (handler: string, told: string) => `
  const { createServer, get } = require("node:http");
  const { getRequestListener, Request: Req, Response: Res } = require("./hono-server.js");
  const isLoaded = () => process.moduleLoadList.some((name) => name.endsWith("undici/undici"));
  let kept;
  const listen = getRequestListener(${handler}, { overrideGlobalObjects: false });
  const server = createServer(listen).listen(0, "127.0.0.1", () => {
    get({ port: server.address().port, host: "127.0.0.1", headers: { "X-Asked": "yes" } }, (response) => {
      let text = "";
      response.on("data", (bytes) => { text += bytes; });
      response.on("end", () => {
        server.close();
        const { headers } = response;
        console.log(JSON.stringify([${told}]));
      });
    });
  });`;

// patches/@hono__node-server@2.1.8.patch
describe("Hono's server", () => {
  it("serves without Node's fetch, an await of an answer among it", () => {
    const handler = `async (request) => {
      const headers = { "x-told": request.headers.get("x-asked"), "content-type": "text/plain" };
      return await new Res(request.method + new URL(request.url).pathname + request.headers.has("y"), { headers });
    }`;
    expect(said(served(handler, 'isLoaded(), text, headers["x-told"]'))).toEqual([false, "GET/false", "yes"]);
  });

  it("is of Node's kinds for whoever asks", () => {
    for (const [question, answer] of [
      ["kept.headers instanceof Headers", true],
      ["kept instanceof Request", true],
      ["new Res() instanceof Response", true],
      ["Response.prototype.isPrototypeOf(new Res())", true],
      ["Res.error().type", "error"],
      ["new Res('text').bodyUsed", false],
      ["'bytes' in new Res()", true],
      ["new Req(kept, { method: 'PUT' }).method", "PUT"],
      ["new (class extends Req {})('http://a/b') instanceof Request", true],
      ["kept.clone().headers.get('x-asked')", "yes"],
    ] as const) {
      const script = served(
        "(request) => { kept = request; return new Res(); }",
        `isLoaded(), ${question}, isLoaded()`,
      );
      expect([question, said(script)]).toEqual([question, [false, answer, true]]);
    }
  });

  it("stands in for Node's kinds no longer than until they are asked for", () => {
    const isProxy = "(one) => require('node:util').types.isProxy(Object.getPrototypeOf(Object.getPrototypeOf(one)))";
    const ours = "[new Res(), Object.getPrototypeOf(kept), kept.headers]";
    const script = served(
      "(request) => { kept = request; return new Res(); }",
      `${ours}.map(${isProxy}), new Res().type, ${ours}.map(${isProxy})`,
    );
    expect(said(script)).toEqual([[true, true, true], "default", [false, false, false]]);
  });

  it("sends what Node's own Headers and Response hold", () => {
    for (const made of [
      "new Res('text', { headers: new Headers({ 'x-told': 'yes' }) })",
      "new Res('text', new Response('', { headers: { 'x-told': 'yes' } }))",
      "new Res('text', { headers: [['x-told', 'yes']] })",
      "new Res('text', { headers: request.headers })",
      "new Res('text', new Res('', { headers: { 'x-told': 'yes' } }))",
      "new Response('text', { headers: { 'x-told': 'yes' } })",
    ]) {
      const script = served(`(request) => ${made}`, 'text, headers["x-told"] ?? headers["x-asked"]');
      expect([made, said(script)]).toEqual([made, ["text", "yes"]]);
    }
  });
});
