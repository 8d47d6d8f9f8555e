import { randomUUID } from "node:crypto";
import { products } from "@whitelabel/shared-config";
import { auditLogs, users, webhookEvents } from "@whitelabel/shared-db";
import {
  assignBranch,
  createUser,
  isNightly,
  productsOfTheDay,
  startFaultProxy,
  testEnv,
  useApp,
  useDatabase,
  useServer,
} from "@whitelabel/test-kit";
import { eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { bodyOf } from "../../test-support.ts";
import { deletion, newSecret, signed, userMessage } from "./testing/clerk-messages.ts";

const path = "/api/webhooks/clerk";
const newId = () => `user_${randomUUID().replaceAll("-", "")}`;

/** A small share on every change, `NIGHTLY=1` runs the whole of it; what decides is tested with 10,000 each time. */
const ROUNDS = isNightly ? 10_000 : 12;
const AT_ONCE = isNightly ? 200 : 60;

for (const product of products) {
  describe(`${product.id}: Clerk's webhooks`, () => {
    const [secret, nextSecret] = [newSecret(), newSecret()];
    const adminEmail = "boss@example.test";
    const kit = useApp(product, {
      env: {
        CLERK_WEBHOOK_SECRET: `${secret},${nextSecret}`,
        ADMIN_EMAILS: adminEmail,
        RATE_LIMIT_PER_MINUTE: "20",
      },
    });
    const { database } = kit;
    /** What finds the machine too busy is sent again, as Clerk does. */
    const deliver = async (delivery: ReturnType<typeof signed>): Promise<Response> => {
      const response = await kit.request(path, delivery);
      return response.status === 503 ? await deliver(delivery) : response;
    };
    const send = (message: unknown, signing: { id?: string; at?: number; secret?: string } = {}) =>
      deliver(signed(message, { secret, ...signing }));
    const rowOf = async (clerkUserId: string) => {
      const [row] = await database.db.select().from(users).where(eq(users.clerk_user_id, clerkUserId));
      return row;
    };
    const auditOf = async (id: number | undefined) =>
      await database.db
        .select()
        .from(auditLogs)
        .where(eq(auditLogs.entity_id, String(id)));

    it("make and change accounts, and take nothing but the verified primary e-mail", async () => {
      const id = newId();
      const created = userMessage(id, { type: "created", updated_at: 1_000, email: "ada@example.test" });
      const response = await send(created);
      expect([response.status, await response.text()]).toEqual([204, ""]);
      expect(await rowOf(id)).toMatchObject({ email: "ada@example.test", display_name: null, role: "user" });
      await send(userMessage(id, { updated_at: 2_000, email: "new@example.test", is_verified: false }));
      const row = await rowOf(id);
      expect(row).toMatchObject({ email: null, is_active: true, deleted_at: null });
      const audit = await auditOf(row?.id);
      expect(audit.map(({ action, changed_fields }) => [action, changed_fields])).toEqual([
        ["user.created", ["email"]],
        ["user.updated", ["email"]],
      ]);
      expect(JSON.stringify([row, audit])).not.toMatch(/canary|lovelace|6681|ada@/i);
    });

    it("meet an account that a token has made before", async () => {
      const token = await kit.clerk.sign({ sub: newId() });
      const me = await bodyOf<{ id: number; email: string | null }>(kit.request("/api/v1/users/me", { as: { token } }));
      const known = (await database.db.select().from(users).where(eq(users.id, me.id)))[0];
      await send(userMessage(known?.clerk_user_id ?? "", { email: "late@example.test" }));
      expect(await bodyOf(kit.request("/api/v1/users/me", { as: { token } }))).toMatchObject({
        id: me.id,
        email: "late@example.test",
      });
    });

    it("are refused without a good signature, and then change nothing", async () => {
      const id = newId();
      const message = userMessage(id, { email: "bad@example.test" });
      const good = signed(message, { secret });
      const now = Date.now() / 1000;
      const without = (name: string) => ({
        ...good,
        headers: Object.fromEntries(Object.entries(good.headers).filter(([key]) => key !== name)),
      });
      const withHeader = (name: string, value: string) => ({ ...good, headers: { ...good.headers, [name]: value } });
      const cases: Record<string, RequestInit> = {
        "no id": without("svix-id"),
        "no time": without("svix-timestamp"),
        "no signature": without("svix-signature"),
        "another id": withHeader("svix-id", "msg_other"),
        "another time": withHeader("svix-timestamp", String(Math.floor(now) - 1)),
        "junk for a time": withHeader("svix-timestamp", "soon"),
        "junk for a signature": withHeader("svix-signature", "v1,AAAA"),
        "another version": withHeader("svix-signature", good.headers["svix-signature"]?.replace("v1,", "v2,") ?? ""),
        "another body": { ...good, body: `${good.body} ` },
        "a foreign secret": signed(message, { secret: newSecret() }),
        "an old one": signed(message, { secret, at: now - 302 }),
        "one of the future": signed(message, { secret, at: now + 302 }),
        "an id with a space": signed(message, { secret, id: "msg 1" }),
        "an id that is too long": signed(message, { secret, id: `msg_${"x".repeat(252)}` }),
        "no JSON": signed("{", { secret }),
        "no body": { method: "POST", headers: good.headers },
      };
      for (const [what, init] of Object.entries(cases)) {
        const response = await kit.request(path, init);
        expect([what, response.status]).toEqual([what, 401]);
        expect((await bodyOf(response)).code).toBe("unauthenticated");
      }
      expect(await rowOf(id)).toBeUndefined();
    });

    it("are good with any of the secrets, and with a few signatures or within five minutes", async () => {
      const id = newId();
      const at = Date.now() / 1000;
      expect((await send(userMessage(id, { updated_at: 1 }), { secret: nextSecret })).status).toBe(204);
      expect((await send(userMessage(id, { updated_at: 2 }), { at: at - 290 })).status).toBe(204);
      expect((await send(userMessage(id, { updated_at: 3 }), { at: at + 290 })).status).toBe(204);
      const delivery = signed(userMessage(id, { updated_at: 4, email: "four@example.test" }), { secret });
      delivery.headers["svix-signature"] = `v1,AAAA v2,BBBB ${delivery.headers["svix-signature"]}`;
      expect((await deliver(delivery)).status).toBe(204);
      expect(await rowOf(id)).toMatchObject({ email: "four@example.test" });
    });

    it("of other kinds are accepted and ignored, and such as nobody can read refused", async () => {
      const before = await database.db.$count(users);
      expect((await send({ type: "session.created", data: { id: "sess_1" } })).status).toBe(204);
      for (const message of [
        { type: "user.created", data: {} },
        { type: "user.updated", data: { id: "user_a\u0000", updated_at: 1 } },
        { type: "user.updated", data: { id: newId(), updated_at: 1e300 } },
        { type: "user.updated", data: { id: newId(), updated_at: "1" } },
        { type: "user.deleted", data: { deleted: true } },
        { data: {} },
      ]) {
        expect([message, (await send(message)).status]).toEqual([message, 422]);
      }
      expect(await database.db.$count(users)).toBe(before);
    });

    it("have one effect, however often and however many at once", async () => {
      const id = newId();
      const message = signed(userMessage(id, { email: "once@example.test" }), { secret, id: `msg_${id}` });
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => deliver(message)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
      const row = await rowOf(id);
      expect(await auditOf(row?.id)).toHaveLength(1);
      // A repetition has no effect even where one could be seen.
      await database.db.update(users).set({ email: "changed@example.test" }).where(eq(users.clerk_user_id, id));
      expect((await deliver(message)).status).toBe(204);
      expect((await rowOf(id))?.email).toBe("changed@example.test");
    });

    it(
      "end in the same state in any order, repeated, all at once",
      async () => {
        const messages = (id: string, isDeleted: boolean) => [
          userMessage(id, { type: "created", updated_at: 1_000, email: "a@example.test" }),
          userMessage(id, { updated_at: 2_000, email: adminEmail }),
          userMessage(id, { updated_at: 3_000, email: "c@example.test" }),
          userMessage(id, { updated_at: 3_000, email: "d@example.test" }),
          ...(isDeleted ? [deletion(id)] : []),
        ];
        const rounds = Array.from({ length: ROUNDS }, (_, round) => ({ id: newId(), isDeleted: round % 3 === 0 }));
        const sendAll = async ({ id, isDeleted }: { id: string; isDeleted: boolean }) => {
          const all = messages(id, isDeleted).map((message, index) => ({ message, id: `msg_${id}_${index}` }));
          const shuffled = [...all, ...all].sort(() => Math.random() - 0.5);
          await Promise.all(shuffled.map(({ message, id }) => send(message, { id })));
        };
        for (let from = 0; from < rounds.length; from += 10)
          await Promise.all(rounds.slice(from, from + 10).map(sendAll));
        for (const { id, isDeleted } of rounds) {
          const row = await rowOf(id);
          expect([row?.email, row?.role, row?.is_active, row?.deleted_at !== null, row?.promoted_at !== null]).toEqual(
            isDeleted ? [null, "user", false, true, false] : ["d@example.test", "admin", true, false, true],
          );
        }
      },
      Math.max(20_000, ROUNDS * 100),
    );

    it("of a deletion leave a tombstone with nothing personal, that nothing revives", async () => {
      const [branch = ""] = product.development.corePropertyIds;
      const user = await createUser(database.db, { role: "admin", email: "gone@example.test", display_name: "Gone" });
      await assignBranch(database.db, user.id, branch);
      expect((await kit.request("/api/v1/users/me", { as: user })).status).toBe(200);
      await send(deletion(user.clerk_user_id));
      expect((await kit.request("/api/v1/users/me", { as: user })).status).toBe(401);
      await send(userMessage(user.clerk_user_id, { updated_at: Date.now(), email: adminEmail }));
      const row = await rowOf(user.clerk_user_id);
      expect(row).toMatchObject({ id: user.id, email: null, display_name: null, role: "user", is_active: false });
      expect(row?.deleted_at).not.toBeNull();
      expect(
        await database.db.query.staffAssignments.findFirst({ where: (t) => eq(t.user_id, user.id) }),
      ).toBeUndefined();
    });

    it("of a deletion are kept of somebody unknown too", async () => {
      const id = newId();
      await send(deletion(id));
      const token = await kit.clerk.sign({ sub: id });
      expect((await kit.request("/api/v1/users/me", { as: { token } })).status).toBe(401);
      expect((await rowOf(id))?.deleted_at).not.toBeNull();
    });

    it("make those of ADMIN_EMAILS admins, once, when the address is verified", async () => {
      const [verified, unverified] = [newId(), newId()];
      await send(userMessage(unverified, { email: adminEmail, is_verified: false }));
      expect(await rowOf(unverified)).toMatchObject({ role: "user", email: null, promoted_at: null });
      await send(userMessage(verified, { email: adminEmail.toUpperCase() }));
      const promoted = await rowOf(verified);
      expect(promoted?.role).toBe("admin");
      expect((await auditOf(promoted?.id))[0]).toMatchObject({ action: "user.promoted", actor_type: "system" });

      const demote = { method: "PATCH", json: { role: "user" }, as: "admin" as const };
      expect((await kit.request(`/api/v1/users/${promoted?.id}`, demote)).status).toBe(200);
      await send(userMessage(verified, { updated_at: 5_000, email: adminEmail }));
      expect((await rowOf(verified))?.role).toBe("user");
    });

    it("do not make admin again whom another admin has made and unmade", async () => {
      const user = await createUser(database.db);
      for (const role of ["admin", "user"]) {
        await kit.request(`/api/v1/users/${user.id}`, { method: "PATCH", json: { role }, as: "admin" });
      }
      await send(userMessage(user.clerk_user_id, { email: adminEmail }));
      expect((await rowOf(user.clerk_user_id))?.role).toBe("user");
    });
  });

  describe(`${product.id}: Clerk's webhooks while the database is away`, () => {
    const secret = newSecret();
    let proxy: Awaited<ReturnType<typeof startFaultProxy>> | undefined;
    const kit = useApp(product, {
      core: null,
      env: { CLERK_WEBHOOK_SECRET: secret },
      through: async ({ url }) => {
        proxy = await startFaultProxy(url);
        return { url: proxy.url };
      },
    });
    afterAll(() => proxy?.close());

    it("are answered with 503, and are applied when they are sent again", async () => {
      const id = newId();
      const message = signed(userMessage(id, { email: "again@example.test" }), { secret });
      proxy?.freeze();
      const response = await kit.request(path, message);
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
      expect((await kit.request(path, signed({}, { secret: newSecret() }))).status).toBe(401);
      await proxy?.heal();
      await expect.poll(async () => (await kit.request(path, message)).status, { timeout: 5_000 }).toBe(204);
      const known = await kit.database.db.select().from(users).where(eq(users.clerk_user_id, id));
      expect(known.map(({ email }) => email)).toEqual(["again@example.test"]);
      expect(await kit.database.db.$count(webhookEvents)).toBe(1);
    });
  });

  describe(`${product.id}: Clerk's webhooks without a secret`, () => {
    const kit = useApp(product, { core: null });

    it("are refused", async () => {
      expect((await kit.request(path, signed({}, { secret: newSecret() }))).status).toBe(401);
    });
  });
}

for (const product of productsOfTheDay(0)) {
  describe(`${product.id}: Clerk's webhooks over the wire`, () => {
    const secret = newSecret();
    const kit = useDatabase(product);

    it("come in any number, while guesses are counted", { timeout: 60_000 }, async () => {
      const env = { CLERK_WEBHOOK_SECRET: secret, RATE_LIMIT_PER_MINUTE: "20" };
      const server = await useServer(product, testEnv(product, { url: kit.url }, env));
      await server.readiness(200);
      const deliver = async (by: string, id = newId()) =>
        (await server.request(path, signed(userMessage(id, {}), { secret: by, id: `msg_${id}` }))).status;
      /** What is refused because there is too much to do is sent again, as Clerk does. */
      const deliverAll = async (ids: string[]): Promise<void> => {
        const statuses = await Promise.all(ids.map((id) => deliver(secret, id)));
        expect(statuses.every((status) => status === 204 || status === 503)).toBe(true);
        const again = ids.filter((_, index) => statuses[index] === 503);
        if (again.length > 0) await deliverAll(again);
      };
      await deliverAll(Array.from({ length: AT_ONCE }, newId));
      expect(await kit.db.$count(users)).toBe(AT_ONCE);
      for (let guess = 0; guess < 10; guess += 1) expect(await deliver(newSecret())).toBe(401);
      expect(await deliver(newSecret())).toBe(429);
    });
  });
}
