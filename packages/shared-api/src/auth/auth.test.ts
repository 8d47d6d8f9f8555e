import { setTimeout as sleep } from "node:timers/promises";
import { products } from "@whitelabel/shared-config";
import { users } from "@whitelabel/shared-db";
import { createUser, forgedTokens, useApp } from "@whitelabel/test-kit";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { roleTable } from "../role-table.ts";
import { bodyOf } from "../test-support.ts";

const anId = "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10";

/** Every route that looks at who calls, as a path to ask for. */
const routes = Object.entries(roleTable)
  .filter(([, access]) => access !== "open")
  .map(([route, access]) => {
    const [method = "", path = ""] = route.split(" ");
    return { method, path: path.replace(":locale", "th").replaceAll(/:\w+/g, anId), access };
  });

for (const product of products) {
  describe(`${product.id}: whoever calls`, () => {
    const kit = useApp(product);
    const rowsOf = (clerkUserId: string) =>
      kit.database.db.select().from(users).where(eq(users.clerk_user_id, clerkUserId));

    it("with a bad token is refused on every route, public ones too", async () => {
      const user = await kit.userOf("admin");
      for (const [what, token] of Object.entries(await forgedTokens(product, { sub: user.clerk_user_id }))) {
        for (const { method, path } of routes) {
          const response = await kit.request(path, { method, as: { token } });
          expect([what, path, response.status]).toEqual([what, path, 401]);
          expect(response.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
          expect((await bodyOf(response)).code).toBe("unauthenticated");
        }
      }
    });

    it("with another scheme, or more than one token, is refused on every route", async () => {
      const token = await kit.token("admin");
      const headers = [
        token,
        `Basic ${token}`,
        `Token ${token}`,
        `Bearer${token}`,
        `Bearer  ${token}`,
        `Bearer ${token} ${token}`,
        `Bearer ${token}, Bearer ${token}`,
        `Bearer ${token},`,
        "Bearer",
        "",
        "Bearer gl_0123456789",
        `Bearer ${"a".repeat(5_000)}.b.c`,
      ];
      for (const authorization of headers) {
        for (const { method, path } of routes) {
          const response = await kit.request(path, { method, headers: { authorization } });
          expect([authorization, path, response.status]).toEqual([authorization, path, 401]);
        }
      }
    });

    it("with two headers is refused", async () => {
      const token = await kit.token("admin");
      const headers = new Headers({ authorization: `Bearer ${token}` });
      headers.append("authorization", `Bearer ${token}`);
      expect((await kit.app.request("/api/v1/users/me", { headers })).status).toBe(401);
    });

    it("without a token may use public routes and is asked to sign in on the others", async () => {
      for (const { method, path, access } of routes) {
        const response = await kit.request(path, { method });
        if (access === "public") expect([200, 404]).toContain(response.status);
        else {
          expect([path, response.status]).toEqual([path, 401]);
          expect(response.headers.get("www-authenticate")).toBe("Bearer");
        }
      }
    });

    it("is not asked for anything where a machine looks", async () => {
      for (const path of ["/api/health", "/api/health/db", "/api/openapi.json", "/api/docs"]) {
        expect((await kit.request(path, { as: { token: "junk" } })).status).toBe(200);
      }
    });

    it("may do what the role allows, and no more", async () => {
      const ranks = ["user", "agent", "admin"] as const;
      for (const [rank, role] of ranks.entries()) {
        for (const { method, path, access } of routes) {
          const { status } = await kit.request(path, { method, as: role });
          const isAllowed = access === "public" || (access !== "guest" && ranks.indexOf(access as "user") <= rank);
          expect([role, path, status === 403]).toEqual([role, path, !isAllowed]);
        }
      }
    });

    it("is let in within five seconds of the clock's difference, and no longer", async () => {
      const { clerk_user_id: sub } = await kit.userOf("user");
      const now = Math.floor(Date.now() / 1000);
      const ask = async (claims: object) =>
        (await kit.request("/api/v1/users/me", { as: { token: await kit.clerk.sign({ sub, ...claims }) } })).status;
      expect(await ask({ exp: now - 3, iat: now - 60, nbf: now - 60 })).toBe(200);
      expect(await ask({ exp: now - 7, iat: now - 60, nbf: now - 60 })).toBe(401);
      expect(await ask({ iat: now + 3, nbf: now + 3 })).toBe(200);
      expect(await ask({ iat: now + 8, nbf: now + 8 })).toBe(401);
      expect(await ask({ exp: "tomorrow" })).toBe(401);
    });

    it("is refused with a token for machines, or of a session that is not complete", async () => {
      const { clerk_user_id: sub } = await kit.userOf("user");
      const ask = async (claims: object, header: object) =>
        (await kit.request("/api/v1/users/me", { as: { token: await kit.clerk.sign({ sub, ...claims }, header) } }))
          .status;
      expect(await ask({}, { cat: "cl_B7d4PD111AAA" })).toBe(200);
      expect(await ask({}, { cat: "cl_B7d4PD333AAA" })).toBe(401);
      expect(await ask({}, { typ: "at+jwt" })).toBe(401);
      expect(await ask({ sts: "pending" }, {})).toBe(401);
    });

    it("is refused with a token larger than any of Clerk's, although it is good", async () => {
      const { clerk_user_id: sub } = await kit.userOf("user");
      const ask = async (filler: string) =>
        (await kit.request("/api/v1/users/me", { as: { token: await kit.clerk.sign({ sub, filler }) } })).status;
      expect(await ask("x".repeat(2_000))).toBe(200);
      expect(await ask("x".repeat(4_096))).toBe(401);
    });

    it("is refused with an id that is none, although the token is good", async () => {
      for (const sub of ["", " ", "user_\u0000", "user_\ud800", "user é", "user_a b", "u".repeat(256), 7, null]) {
        const token = await kit.clerk.sign({ sub });
        const response = await kit.request("/api/v1/users/me", { as: { token } });
        expect([sub, response.status]).toEqual([sub, 401]);
      }
      const longest = await kit.clerk.sign({ sub: `user_${"a".repeat(250)}` });
      expect((await kit.request("/api/v1/users/me", { as: { token: longest } })).status).toBe(200);
    });

    it("is forgotten when the token expires, although it was cached", async () => {
      const { clerk_user_id: sub } = await kit.userOf("user");
      const now = Math.floor(Date.now() / 1000);
      const token = await kit.clerk.sign({ sub, exp: now - 3, iat: now - 60, nbf: now - 60 });
      const ask = async () => (await kit.request("/api/v1/users/me", { as: { token } })).status;
      expect(await ask()).toBe(200);
      await expect.poll(ask, { timeout: 3_000 }).toBe(401);
    });

    it("for the first time gets one row, however many requests race", async () => {
      const token = await kit.clerk.sign({ sub: "user_newcomer", email: "claimed@example.test", role: "admin" });
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => kit.request("/api/v1/users/me", { as: { token } })),
      );
      const bodies = await Promise.all(answers.map((answer) => bodyOf<{ id: number }>(answer)));
      expect(new Set(bodies.map(({ id }) => id)).size).toBe(1);
      expect(bodies[0]).toMatchObject({ role: "user", email: null, display_name: null, property_ids: [] });
      expect(await rowsOf("user_newcomer")).toHaveLength(1);
    });

    it("and has been deleted is refused, and not revived", async () => {
      const deleted = await createUser(kit.database.db, { role: "admin", deleted_at: new Date().toISOString() });
      for (const path of ["/api/v1/users/me", "/api/v1/config"]) {
        expect((await kit.request(path, { as: deleted })).status).toBe(401);
      }
      const [row, ...others] = await rowsOf(deleted.clerk_user_id);
      expect(others).toEqual([]);
      expect(row?.deleted_at).not.toBeNull();
    });

    it("and is not active is told so", async () => {
      const inactive = await createUser(kit.database.db, { role: "admin", is_active: false });
      const response = await kit.request("/api/v1/users/me", { as: inactive });
      expect([response.status, (await bodyOf(response)).code]).toEqual([403, "forbidden"]);
    });

    it("loses a role within a second of its change elsewhere", async () => {
      const agent = await createUser(kit.database.db, { role: "agent" });
      const ask = async () => (await kit.request("/api/v1/front-desk/branches", { as: agent })).status;
      expect(await ask()).toBe(200);
      await kit.database.db.update(users).set({ role: "user" }).where(eq(users.id, agent.id));
      const changed = performance.now();
      let lastAllowed = changed;
      for (let asked = changed; (await ask()) === 200; asked = performance.now()) {
        lastAllowed = asked; // when it was asked and not when it was answered: the machine may be slow
        await sleep(20);
      }
      expect(await ask()).toBe(403);
      expect(lastAllowed - changed).toBeLessThanOrEqual(1_000);
    });
  });
}
