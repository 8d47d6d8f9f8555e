import { randomUUID } from "node:crypto";
import { products } from "@whitelabel/shared-config";
import { auditLogs, users } from "@whitelabel/shared-db";
import { useApp } from "@whitelabel/test-kit";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../test-support.ts";

for (const product of products) {
  describe(`${product.id}: a token with an e-mail`, () => {
    const kit = useApp(product, { core: null, env: { ADMIN_EMAILS: "boss@example.test" } });
    const newId = () => `user_${randomUUID().replaceAll("-", "")}`;
    const ask = async (sub: string, claims: object) => {
      const token = await kit.clerk.sign({ sub, ...claims });
      return await bodyOf<{ id: number; role: string }>(kit.request("/api/v1/users/me", { as: { token } }));
    };

    it("makes admin whom it proves to be one, once", async () => {
      const sub = newId();
      const proof = { email: "Boss@Example.test", email_verified: true };
      expect((await ask(sub, {})).role).toBe("user");
      const answers = await Promise.all(Array.from({ length: 10 }, () => ask(sub, proof)));
      expect(answers.map(({ role }) => role)).toEqual(Array(10).fill("admin"));
      const id = answers[0]?.id ?? 0;
      const isTold = and(eq(auditLogs.entity_id, String(id)), eq(auditLogs.action, "user.promoted"));
      expect(await kit.database.db.$count(auditLogs, isTold)).toBe(1);

      const json = { role: "user" };
      const demotion = await kit.request(`/api/v1/users/${id}`, { method: "PATCH", json, as: "admin" });
      expect(demotion.status).toBe(200);
      expect((await ask(sub, proof)).role).toBe("user");
    });

    it("proves nothing unless the address is verified, listed and a text", async () => {
      for (const claims of [
        { email: "boss@example.test" },
        { email: "boss@example.test", email_verified: false },
        { email: "boss@example.test", email_verified: "true" },
        { email: "boss@example.test", email_verified: 1 },
        { email: ["boss@example.test"], email_verified: true },
        { email: "other@example.test", email_verified: true },
        { email: "boss@example.test.evil.test", email_verified: true },
        { email_verified: true },
      ]) {
        expect([claims, (await ask(newId(), claims)).role]).toEqual([claims, "user"]);
      }
    });

    it("revives nobody", async () => {
      const sub = newId();
      await kit.database.db.insert(users).values({ clerk_user_id: sub, deleted_at: new Date().toISOString() });
      const token = await kit.clerk.sign({ sub, email: "boss@example.test", email_verified: true });
      expect((await kit.request("/api/v1/users/me", { as: { token } })).status).toBe(401);
      const [row] = await kit.database.db.select().from(users).where(eq(users.clerk_user_id, sub));
      expect(row).toMatchObject({ role: "user", promoted_at: null });
    });
  });
}
