import { beforeAll, describe, expect, it } from "vitest";
import { productsOfTheDay } from "../nightly.ts";
import { hostileTexts } from "../openapi/arbitrary-of.ts";
import { type Input, pathOf } from "../openapi/build-request.ts";
import { type Operation, resolved } from "../openapi/document.ts";
import { callerFor, inputFor } from "../openapi/fixtures.ts";
import { statementErrors } from "../openapi/statement-errors.ts";
import { type Api, answerOf, useApi } from "../openapi/use-api.ts";

/** Fields that no caller may set, and names that objects have by themselves. */
const privileged = {
  id: "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10",
  role: "admin",
  created_by: 1,
  updated_by: 1,
  version: 9,
  created_at: "2026-01-01T00:00:00Z",
  deleted_at: null,
  is_admin: true,
  clerk_user_id: "user_x",
  Title: "capital",
  "": "nothing",
};

const tricky = [
  "'",
  "' or '1'='1",
  "'; select 1; --",
  "\\",
  "%",
  "$1",
  '"',
  "ˈ or 1=1",
  "a\u0000b",
  "\ud800",
  "-1",
  "1e309",
];

for (const product of productsOfTheDay(1))
  describe(`${product.id}: hostile input`, () => {
    const api = useApi(product);
    let withBody: Operation[] = [];
    const inputs = new Map<string, Input>();

    beforeAll(async () => {
      withBody = api.operations.filter(({ body, access }) => body && access !== "open");
      for (const operation of api.operations) inputs.set(operation.id, await inputFor(operation, api.world));
    });
    const inputOf = ({ id }: Operation) => inputs.get(id) ?? {};
    const send = (operation: Operation, input: Input) => api.send(operation, input, callerFor(operation));

    it("with fields that are unknown or not the caller's to set is refused in every body", async () => {
      expect(withBody.length).toBeGreaterThan(10);
      for (const operation of withBody) {
        const { schema = {} } = operation.body ?? {};
        const usual = inputOf(operation);
        const { properties = {} } = resolved(schema, api.document.components.schemas ?? {});
        for (const [name, value] of Object.entries(privileged)) {
          if (name in properties) continue;
          const { status, text } = await send(operation, {
            ...usual,
            json: { ...(usual.json as object), [name]: value },
          });
          expect([operation.id, name, status, text.includes('"invalid"')]).toEqual([operation.id, name, 422, true]);
        }
        for (const name of ["__proto__", "constructor", "prototype"]) {
          const body = JSON.stringify(usual.json).replace(
            /^\{/,
            `{"${name}":{"role":"admin"}${usual.json && Object.keys(usual.json).length > 0 ? "," : ""}`,
          );
          expect([operation.id, name, (await send(operation, { ...usual, body })).status]).toEqual([
            operation.id,
            name,
            422,
          ]);
        }
      }
      expect(({} as { role?: string }).role).toBeUndefined();
    });

    it("is refused where a query has a field that the document does not name", async () => {
      for (const operation of api.operations.filter(({ parameters }) => parameters.some((one) => one.in === "query"))) {
        const usual = inputOf(operation);
        for (const name of ["order_by", "role", "__proto__", "limit[]", "select"]) {
          const { status } = await send(operation, { ...usual, query: { ...usual.query, [name]: "1" } });
          expect([operation.id, name, status]).toEqual([operation.id, name, 422]);
        }
      }
    });

    it("never becomes part of a statement: on every parameter and in every text", async () => {
      let sent = 0;
      for (const operation of api.operations.filter(({ access }) => access !== "open")) {
        for (const input of injected(operation, inputOf(operation))) {
          const { status } = await send(operation, input);
          expect([operation.id, input, status < 500]).toEqual([operation.id, input, true]);
          sent += 1;
        }
      }
      expect(sent).toBeGreaterThan(1_000);
      expect(statementErrors(api.kit.database.name)).toEqual([]);
    }, 60_000);

    it("would be found in the server's log if it became part of one", async () => {
      await expect(api.kit.database.owner.sql`select 'a' from nowhere where x = 1 ''`).rejects.toThrow();
      await expect.poll(() => statementErrors(api.kit.database.name).length).toBeGreaterThan(0);
    });

    it("is no cursor: changed, cut, of another list, or nobody's", async () => {
      const lists = api.operations.filter(({ parameters }) => parameters.some(({ name }) => name === "cursor"));
      expect(lists.length).toBeGreaterThan(5);
      const cursors = [
        "a",
        "AAAA",
        "-1",
        "null",
        "MTIz",
        "a".repeat(500),
        Buffer.from('["x"]').toString("base64url"),
        "%00",
        "'",
      ];
      const own = await cursorsOf(api, lists, inputOf);
      expect(own.size).toBeGreaterThan(1);
      for (const operation of lists) {
        const usual = inputOf(operation);
        const others = [...own].filter(([id]) => id !== operation.id).map(([, cursor]) => cursor);
        const mine = own.get(operation.id);
        const changed =
          mine === undefined ? [] : [`${mine}A`, mine.slice(0, -2), mine.toLowerCase(), `${mine}=`, flipped(mine)];
        for (const cursor of [...cursors, ...others, ...changed]) {
          const { status } = await send(operation, { ...usual, query: { ...usual.query, cursor } });
          expect([operation.id, cursor, status]).toEqual([operation.id, cursor, 422]);
        }
        for (const limit of [
          "0",
          "-1",
          "101",
          "1e3",
          "999999999999999999999",
          "1.5",
          "",
          "ten",
          "Infinity",
          "0x7fffffff1",
        ]) {
          const { status } = await send(operation, { ...usual, query: { ...usual.query, limit } });
          expect([operation.id, limit, status]).toEqual([operation.id, limit, 422]);
        }
      }
    });

    it("is refused as a body that is too big, too deep, ambiguous or no JSON at all", async () => {
      const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
      const bodies: [string, number[]][] = [
        [`{"a":"${"x".repeat(1_100_000)}"}`, [413]],
        [`{"a":${deep}}`, [422]],
        ['{"title":"a","title":"b"}', [422]],
        ['{"title":"a\\u0000"}', [422]],
        ['{"title":"\\ud800"}', [422]],
        ["{", [422]],
        ["", [422]],
        ["null", [422]],
        ["[]", [422]],
        ['"text"', [422]],
        ["1e999", [422]],
        ["{'a':1}", [422]],
        ['{"a":NaN}', [422]],
        ["\ufeff{}", [422]],
      ];
      for (const operation of withBody) {
        const usual = inputOf(operation);
        for (const [body, statuses] of bodies) {
          // Where nothing has to be said, saying nothing is fine.
          if (body === "" && !operation.body?.required) continue;
          const { status } = await send(operation, { ...usual, body });
          expect([operation.id, body.slice(0, 30), statuses.includes(status) ? "refused" : status]).toEqual([
            operation.id,
            body.slice(0, 30),
            "refused",
          ]);
        }
        for (const type of [
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "application/xml",
          "application/json; charset=utf-16",
          "application/jsonp",
        ]) {
          const { status } = await send(operation, { ...usual, headers: { "content-type": type } });
          expect([operation.id, type, status]).toEqual([operation.id, type, 415]);
        }
        for (const encoding of ["gzip", "br", "deflate, gzip"]) {
          const { status } = await send(operation, { ...usual, headers: { "content-encoding": encoding } });
          expect([operation.id, encoding, status]).toEqual([operation.id, encoding, 415]);
        }
      }
    });

    it("is told which methods a path has, on every path", async () => {
      for (const path of Object.keys(api.document.paths)) {
        const operations = api.operations.filter((one) => one.path === path);
        const [first] = operations as [Operation];
        const methods = operations.map(({ method }) => method);
        const allowed = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].sort();
        for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "QUERY"]) {
          if (methods.includes(method)) continue;
          const answer = await answerOf(await api.kit.app.request(pathOf(first, inputOf(first)), { method }));
          const told = answer.headers.get("allow")?.split(", ").sort();
          expect([path, method, answer.status, told]).toEqual([path, method, 405, allowed]);
        }
      }
    });

    it("is answered as the document says", () => {
      expect([...api.differences.values()]).toEqual([]);
    });
  });

/** The usual request with one text at a time replaced by a tricky one. */
function* injected(operation: Operation, usual: Input): Generator<Input> {
  let turn = operation.id.length;
  const texts = (count: number) =>
    Array.from(
      { length: count },
      () => [...tricky, ...hostileTexts][turn++ % (tricky.length + hostileTexts.length)] ?? "",
    );
  for (const { name, in: place } of operation.parameters) {
    for (const text of [...tricky.slice(0, 4), ...texts(2)]) {
      if (place === "path" && text.replaceAll(".", "") === "") continue;
      if (place === "path") yield { ...usual, params: { ...usual.params, [name]: text.toWellFormed() } };
      else if (place === "query") yield { ...usual, query: { ...usual.query, [name]: text.toWellFormed() } };
      else yield { ...usual, headers: { ...usual.headers, [name]: text.replaceAll(/[^\x20-\x7e]/g, "") } };
    }
  }
  for (const [name, value] of Object.entries((usual.json ?? {}) as object)) {
    if (typeof value !== "string") continue;
    for (const text of [...tricky.slice(0, 6), ...texts(3)])
      yield { ...usual, json: { ...(usual.json as object), [name]: text } };
  }
}

/** A real cursor of each list that has more than one thing. */
async function cursorsOf(
  api: Api,
  lists: readonly Operation[],
  inputOf: (operation: Operation) => Input,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const operation of lists) {
    const usual = inputOf(operation);
    const { json } = await api.send(operation, { ...usual, query: { ...usual.query, limit: 1 } }, callerFor(operation));
    const cursor = (json as { next_cursor?: string | null }).next_cursor;
    if (cursor) found.set(operation.id, cursor);
  }
  return found;
}

function flipped(cursor: string): string {
  const bytes = Buffer.from(cursor, "base64url");
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return bytes.toString("base64url");
}
