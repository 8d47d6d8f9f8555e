import { products } from "@whitelabel/shared-config";
import { beforeAll, describe, expect, it } from "vitest";
import { fakeClerk } from "../fake-clerk.ts";
import { isNightly } from "../nightly.ts";
import type { Operation } from "../openapi/document.ts";
import { callerFor, inputFor } from "../openapi/fixtures.ts";
import { forgedHeaders } from "../openapi/more-forged-tokens.ts";
import { useApi } from "../openapi/use-api.ts";

/** How many of the forged tokens each route meets; each token meets many routes. */
const EACH = isNightly ? Number.POSITIVE_INFINITY : 40;

for (const product of products)
  describe(`${product.id}: forged tokens`, () => {
    const api = useApi(product);
    let headers: [name: string, value: string][] = [];
    let closed: Operation[] = [];

    beforeAll(async () => {
      const { clerk_user_id: sub } = await api.kit.userOf("admin");
      headers = Object.entries(await forgedHeaders(product, { sub }));
      closed = api.operations.filter(({ access }) => access !== "open");
    });

    const answered = async (operation: Operation, authorization: string) =>
      (await api.send(operation, { headers: { authorization } })).status;

    it("are five hundred, and none of them is accepted by any route", async () => {
      expect(new Set(headers.map(([, value]) => value)).size).toBeGreaterThanOrEqual(500);
      expect(closed.length).toBeGreaterThan(20);
      const accepted: string[] = [];
      let next = 0;
      for (const operation of closed) {
        for (let sent = 0; sent < Math.min(EACH, headers.length); sent += 1, next += 1) {
          const [name, value] = headers[next % headers.length] as [string, string];
          const status = await answered(operation, value);
          if (status !== 401) accepted.push(`${name}: ${operation.id} answered ${status}`);
        }
      }
      expect(accepted).toEqual([]);
      expect(next).toBeGreaterThan(headers.length * 4);
    });

    it("of another product are refused on every route, however good at home", async () => {
      for (const other of products.filter(({ id }) => id !== product.id)) {
        const { clerk_user_id: sub } = await api.kit.userOf("admin");
        const token = await fakeClerk(other).sign({ sub });
        for (const operation of closed) {
          const input = await inputFor(operation, api.world);
          expect([operation.id, (await api.send(operation, input, { token })).status]).toEqual([operation.id, 401]);
        }
      }
    });

    it("are no matter where nobody looks at a token", async () => {
      for (const operation of api.operations.filter(({ access }) => access === "open")) {
        const input = await inputFor(operation, api.world);
        const { status } = await api.send(operation, input, { token: "e30.e30.e30" });
        expect([operation.id, status < 300]).toEqual([operation.id, true]);
      }
    });

    it("leave no trace, and a good token is still good", async () => {
      const before = await api.kit.database.owner.sql`select count(*) from users`;
      for (const operation of closed.slice(0, 10)) await answered(operation, headers[0]?.[1] ?? "");
      expect(await api.kit.database.owner.sql`select count(*) from users`).toEqual(before);
      for (const operation of closed.filter(({ method }) => method === "GET")) {
        const input = await inputFor(operation, api.world);
        expect((await api.send(operation, input, callerFor(operation))).status).toBe(200);
      }
      expect([...api.differences.values()]).toEqual([]);
    });
  });
