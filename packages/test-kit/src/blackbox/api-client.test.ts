import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ErrorCode } from "@whitelabel/api-client";
import type { ErrorCode as ServerCode } from "@whitelabel/shared-api";
import { products } from "@whitelabel/shared-config";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { fakeClerk } from "../fake-clerk.ts";
import { useFaultProxy } from "../fault-proxy.ts";
import { productsOfTheDay } from "../nightly.ts";
import { findOlderNode } from "../older-node.ts";
import { testEnv } from "../test-env.ts";
import { testUsers } from "../test-users.ts";
import { useCore } from "../use-core.ts";
import { useDatabase } from "../use-database.ts";
import { startServer, type TestServer } from "../use-server.ts";
import { installPackedClient } from "./client-package.ts";

const olderNode = findOlderNode();
const chromiumPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
/** A page that is made here comes from no address, so it would have to ask before it may reach this machine. */
const chromiumFlags = ["--no-sandbox", "--disable-features=LocalNetworkAccessChecks"];

const readme = readFileSync(join(import.meta.dirname, "../../../api-client/README.md"), "utf8");
/** The README's page, which asks the API that is named in the address. */
const [firstBlock = "", callsBlock = ""] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
const page = firstBlock.replace('"http://localhost:8101"', 'new URLSearchParams(location.search).get("api") ?? ""');

const dom = { lib: ["ES2022", "DOM", "DOM.Iterable"], types: [] };

/** What the README's second example takes for granted. */
const surroundings = `import type { Client } from "@whitelabel/api-client";
declare const [client, id, signal]: [Client, string, AbortSignal];
declare const show: (items: readonly object[]) => void;
`;

const program = `
import { ApiError, createClient, type ErrorCode, type Property } from "@whitelabel/api-client";

declare const process: { env: Record<string, string | undefined> };
const { API = "", TOKEN, BRANCH = "" } = process.env;
const anyone = createClient({ baseUrl: API, locale: "th" });
const agent = createClient({ baseUrl: API, token: async () => TOKEN });

const first = await anyone.listProperties({ limit: 3, q: undefined });
const all: Property[] = [];
for await (const listing of anyone.listProperties.items({ limit: 7, sort: "price_asc" })) all.push(listing);
const one = await anyone.getProperty({ id: all[0]?.id ?? "" });
const board = await agent.listFrontDeskBookings({ property_id: BRANCH, view: "in_house" });

async function failure(call: Promise<unknown>): Promise<[ErrorCode | string, number, boolean, string[]]> {
  const error = await call.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof ApiError)) throw error;
  return [error.code, error.status, error.request_id !== undefined, error.errors.map(({ path }) => path)];
}

const body = { title: "House", transaction_type: "sale", property_type: "house", sale_price: 5_000_000, currency: "THB" } as const;
const idempotencyKey = crypto.randomUUID();
const made = await agent.createProperty({ body }, { idempotencyKey });
const again = await agent.createProperty({ body }, { idempotencyKey });
const { id } = made;
const changed = await agent.updateProperty({ id, body: { title: "Villa" } }, { version: made.version });
const late = await failure(agent.updateProperty({ id, body: { title: "Hut" } }, { version: made.version }));
await agent.deleteProperty({ id }, { version: changed.version });
const gone = await failure(agent.getProperty({ id }));

const events: string[] = [];
const leave = new AbortController();
for await (const { event } of agent.streamFrontDeskEvents({ property_id: BRANCH }, { signal: leave.signal })) {
  events.push(event);
  leave.abort();
}

console.log(JSON.stringify({
  writes: { once: again.id === made.id, title: changed.title, late: late[0], gone: gone[0] },
  events,
  first: first.items.length,
  all: new Set(all.map(({ id }) => id)).size,
  same: one.id === all[0]?.id,
  me: (await agent.getMe()).role,
  board: board.property_id,
  failures: [
    await failure(anyone.getMe()),
    await failure(anyone.getProperty({ id: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10" })),
    await failure(anyone.listProperties({ limit: 101 })),
    await failure(createClient({ baseUrl: "http://127.0.0.1:1", attempts: 1 }).getConfig()),
  ],
}));
`;

/** Writes down each event of the live stream, and that the stream was lost or found again. */
const listener = `
import { createClient } from "@whitelabel/api-client";

declare const Clerk: { session: { getToken(): Promise<string> } };
const asked = new URLSearchParams(location.search);
const client = createClient({ baseUrl: asked.get("api") ?? "", token: () => Clerk.session.getToken() });
const onConnection = (isConnected: boolean) => write(isConnected ? "connected" : "lost");
const heard = client.streamFrontDeskEvents({ property_id: asked.get("branch") ?? "" }, { onConnection });
for await (const { event, data } of heard) write(\`\${event} \${data?.entity_id ?? ""}\`.trim());

function write(text: string): void {
  document.querySelector("ul")?.append(Object.assign(document.createElement("li"), { textContent: text }));
}
`;

describe("the packed client", () => {
  let project: Awaited<ReturnType<typeof installPackedClient>>;
  let browser: Browser | undefined;

  beforeAll(async () => {
    if (chromiumPath) browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
    project = await installPackedClient();
    project.write("use.ts", program);
    project.write("page.ts", page);
    project.write("listen.ts", listener);
    project.write("calls.ts", surroundings + callsBlock);
    project.write("clerk.d.ts", "declare const Clerk: { session?: { getToken(): Promise<string | null> } };");
    await project.compile({ module: "NodeNext", ...dom }, ["use.ts", "page.ts", "listen.ts", "calls.ts", "clerk.d.ts"]);
  });
  afterAll(async () => {
    await browser?.close();
    project.remove();
  });

  it("needs nothing else, and least of all our server", () => {
    const manifest = JSON.parse(project.read("node_modules/@whitelabel/api-client/package.json"));
    expect(manifest).toMatchObject({ version: expect.any(String), license: "MIT", type: "module", sideEffects: false });
    expect(Object.keys(manifest).filter((key) => /dependencies/i.test(key))).toEqual([]);
    for (const file of ["index.js", "index.d.ts"]) {
      const text = project.read(`node_modules/@whitelabel/api-client/dist/${file}`);
      expect(text).not.toMatch(/\b(import|require)\b.*["']|@whitelabel\/|\bhono\b|\bzod\b|node:|\.\.\//);
    }
  });

  it("is typed under strict settings, however a project resolves its modules", async () => {
    await project.compile({ module: "ESNext", moduleResolution: "Bundler", noEmit: true, ...dom }, ["use.ts"]);
    project.write("wrong.ts", program.replace('sort: "price_asc"', 'sort: "cheapest"'));
    await expect(project.compile({ module: "NodeNext", noEmit: true, ...dom }, ["wrong.ts"])).rejects.toThrow(
      /wrong\.ts.*"cheapest"/,
    );
  });

  it("knows the closed list of codes as the API has it", () => {
    expectTypeOf<ErrorCode>().toEqualTypeOf<ServerCode>();
  });

  for (const product of productsOfTheDay(0)) {
    describe(`over ${product.id}`, () => {
      const database = useDatabase(product, { seeded: true });
      const core = useCore(product);
      const users = testUsers(product, () => database.db);
      let server: TestServer;

      beforeAll(async () => {
        server = await startServer(product, testEnv(product, { url: database.url, coreUrl: core.url }));
        await server.listening();
      });
      afterAll(() => server.kill());

      async function expectToWork(node?: string) {
        const [BRANCH = ""] = product.development.corePropertyIds;
        const env = { API: server.url, TOKEN: await users.token("agent"), BRANCH };
        const said = JSON.parse(await project.run("use.js", env, node));
        expect(said).toMatchObject({ first: 3, same: true, me: "agent", board: BRANCH });
        expect(said.all).toBeGreaterThan(7);
        expect(said.writes).toEqual({ once: true, title: "Villa", late: "precondition_failed", gone: "gone" });
        expect(said.events).toEqual(["ready"]);
        expect(said.failures).toEqual([
          ["unauthenticated", 401, true, []],
          ["not_found", 404, true, []],
          ["invalid", 422, true, ["query.limit"]],
          ["network", 0, false, []],
        ]);
      }

      it("works in Node", () => expectToWork());

      // A product more would tell nothing more.
      if (product === products[0])
        it.skipIf(!olderNode)(`works in Node ${olderNode?.major ?? 20}, too`, () => expectToWork(olderNode?.path));

      /** A tab of the frontend's own origin, the only one that the API lets in, with this page under \`/\`. */
      async function openTab(script: string, token: string) {
        const tab = await (browser as Browser).newPage();
        const files: Record<string, [string, string]> = {
          "/": ["text/html", html(token)],
          "/page.js": ["text/javascript", project.read(script)],
          "/client.js": ["text/javascript", project.read("node_modules/@whitelabel/api-client/dist/index.js")],
        };
        await tab.route(`${fakeClerk(product).origin}/**`, async (route) => {
          const [contentType, body] = files[new URL(route.request().url()).pathname] ?? ["text/plain", ""];
          await route.fulfill({ contentType, body });
        });
        return tab;
      }

      it.skipIf(!chromiumPath)("works in a browser, as the README's page", async () => {
        const tab = await openTab("page.js", await users.token("user"));
        const problems: string[] = [];
        tab.on("pageerror", (error) => problems.push(error.message));

        await tab.goto(`${fakeClerk(product).origin}/?api=${encodeURIComponent(server.url)}`);
        await tab.waitForFunction('document.querySelectorAll("li").length > 0', undefined, { timeout: 10_000 });
        expect(await tab.title()).toBe(product.name);
        expect(await tab.locator("li").first().textContent()).toMatch(/: \D*[\d,.]+$/);

        await tab.goto(`${fakeClerk(product).origin}/?api=http://127.0.0.1:1`);
        await tab.getByText("You seem to be offline").waitFor({ timeout: 10_000 });
        expect(problems).toEqual([]);
      });

      if (product === products[0])
        it.skipIf(!chromiumPath)("listens in a browser, and goes on where it was after it was cut off", async () => {
          const [branch = ""] = product.development.corePropertyIds;
          const token = await users.token("agent");
          const makeTask = async (title: string) => {
            const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
            const body = JSON.stringify({ property_id: branch, title });
            const made = await server.request("/api/v1/front-desk/tasks", { method: "POST", headers, body });
            return `task.created ${((await made.json()) as { id: string }).id}`;
          };
          const way = await useFaultProxy(server.url);
          const tab = await openTab("listen.js", token);
          const written = () => tab.locator("li").allTextContents();
          const expectWritten = (lines: string[]) => expect.poll(written, { timeout: 10_000 }).toEqual(lines);

          await tab.goto(`${fakeClerk(product).origin}/?api=${encodeURIComponent(way.url)}&branch=${branch}`);
          await expectWritten(["connected", "ready"]);
          const first = await makeTask("First");
          await expectWritten(["connected", "ready", first]);

          await way.refuse();
          await expectWritten(["connected", "ready", first, "lost"]);
          const missed = [await makeTask("Second"), await makeTask("Third")];
          await way.heal();
          // Begun anew it would be told "ready", and of nothing that it missed.
          await expectWritten(["connected", "ready", first, "lost", "connected", ...missed]);
          const last = await makeTask("Last");
          await expectWritten(["connected", "ready", first, "lost", "connected", ...missed, last]);
        });
    });
  }

  it.skipIf(olderNode)("was not tried in an older Node: there is none on the PATH", () => {
    console.warn(`The client was not tried in another Node than ${process.version}`);
  });

  it.runIf(!chromiumPath)("was not tried in a browser: there is no chromium here", () => {
    console.warn("The client was not tried in a browser: no chromium was found");
  });
});

const html = (token: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,">
<script type="importmap">{ "imports": { "@whitelabel/api-client": "/client.js" } }</script>
<script>var Clerk = { session: { getToken: async () => ${JSON.stringify(token)} } }</script>
<ul id="listings"></ul><script type="module" src="/page.js"></script></html>`;
