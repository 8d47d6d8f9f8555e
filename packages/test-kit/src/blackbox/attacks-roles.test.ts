import { products } from "@whitelabel/shared-config";
import { roles } from "@whitelabel/shared-db";
import { describe, expect, it } from "vitest";
import { fakeClerk } from "../fake-clerk.ts";
import type { As } from "../openapi/as.ts";
import type { Input } from "../openapi/build-request.ts";
import type { Operation } from "../openapi/document.ts";
import { callerFor, inputFor } from "../openapi/fixtures.ts";
import { useApi } from "../openapi/use-api.ts";
import type { World } from "../openapi/world.ts";

const everybody = ["nobody", "guest", ...roles] as const;
type Somebody = (typeof everybody)[number];

/** What the role table promises: in, or which refusal. */
function promised({ access }: Operation, who: Somebody): 401 | 403 | "in" {
  if (access === "open" || access === "public") return "in";
  if (who === "nobody") return 401;
  if (access === "guest") return who === "guest" ? "in" : 403;
  if (who === "guest") return 403;
  return roles.indexOf(who) >= roles.indexOf(access) ? "in" : 403;
}

/** Things of a branch that the agent does not work for, by the path that their ids stand in. */
const elsewhere: readonly (readonly [string, (world: World) => Promise<Input>])[] = [
  ["/front-desk/tasks/{id}", async (world) => byId(await world.task(world.otherBranch))],
  ["/front-desk/parking/spaces/{id}", async (world) => byId(await world.space(world.otherBranch))],
  ["/front-desk/parking/reservations/{id}", async (world) => byId(await world.reservation(world.otherStay))],
  ["/front-desk/guest-requests/{id}", async (world) => byId(await world.guestRequest(world.otherStay))],
  ["/front-desk/guest-links/{id}", async (world) => byId(await world.guestLink(world.otherStay))],
  ["/front-desk/notifications/{id}", async (world) => byId({ id: await world.notificationOf(world.otherBranch) })],
  ["/front-desk/bookings/{booking_id}", async ({ otherStay }) => ({ params: { booking_id: otherStay.booking_id } })],
  ["/front-desk/branches/{property_id}", async ({ otherBranch }) => ({ params: { property_id: otherBranch } })],
  ["/guest/requests/{id}", async (world) => byId(await world.guestRequest(world.otherStay))],
  ["/guest/parking/reservations/{id}", async (world) => byId(await world.reservation(world.otherStay))],
];
const byId = ({ id }: { id: string }): Input => ({ params: { id } });

for (const product of products)
  describe(`${product.id}: who may do what`, () => {
    const api = useApi(product);

    it("is what the role table says, on every route and for everybody", async () => {
      const wrong: string[] = [];
      for (const operation of api.operations) {
        const input = await inputFor(operation, api.world);
        for (const who of everybody) {
          const expected = promised(operation, who);
          // Those who are refused come first: they must not even use up what the others need.
          if (expected === "in" && who !== callerFor(operation)) continue;
          const { status } = await api.send(operation, input, who);
          const isAsPromised = expected === "in" ? status < 300 : status === expected;
          if (!isAsPromised) wrong.push(`${operation.id} as ${who}: ${status} and not ${expected}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    it("lets nobody in who is higher up where only a guest may be", async () => {
      for (const operation of api.operations.filter(({ access }) => access === "guest")) {
        const input = await inputFor(operation, api.world);
        for (const who of roles)
          expect([operation.id, (await api.send(operation, input, who)).status]).toEqual([operation.id, 403]);
      }
    });

    it("keeps another branch's things as if they were not there: in a path", async () => {
      let tried = 0;
      for (const operation of api.operations) {
        const [, things] = elsewhere.find(([pattern]) => operation.path.includes(pattern)) ?? [];
        if (!things) continue;
        const usual = await inputFor(operation, api.world);
        const { params } = await things(api.world);
        const as = callerFor(operation);
        const input = { ...usual, params: { ...usual.params, ...params } };
        const { status } = await api.send(operation, input, as);
        expect([operation.id, status]).toEqual([operation.id, 404]);
        tried += 1;
      }
      expect(tried).toBeGreaterThan(15);
    });

    it("keeps them so in a query and in a body, too", async () => {
      const { otherBranch, otherStay } = api.world;
      const foreign: Record<string, unknown[]> = {
        property_id: [otherBranch, "NYC-01", "no-such-branch"],
        booking_id: [otherStay.booking_id, "no-such-booking"],
      };
      let tried = 0;
      for (const operation of api.operations.filter(({ access }) => access === "agent")) {
        const usual = await inputFor(operation, api.world);
        for (const [name, values] of Object.entries(foreign)) {
          const isInQuery = operation.parameters.some((one) => one.in === "query" && one.name === name);
          const isInBody = typeof usual.json === "object" && usual.json !== null && name in usual.json;
          for (const value of values) {
            const input = isInBody ? { ...usual, json: { ...(usual.json as object), [name]: value } } : undefined;
            const inputs: Input[] = [];
            if (input) inputs.push(input);
            if (isInQuery) inputs.push({ ...usual, query: { ...usual.query, [name]: value } });
            for (const one of inputs) {
              const { status, json } = await api.send(operation, one, "agent");
              // A filter may as well find nothing; a branch is one's own or not.
              const isEmpty = name !== "property_id" && isEmptyPage(status, json);
              expect([operation.id, name, value, isEmpty ? 404 : status]).toEqual([
                operation.id,
                name,
                value,
                refusal(operation),
              ]);
              tried += 1;
            }
          }
        }
      }
      expect(tried).toBeGreaterThan(10);
    });

    it("does not follow from a token's claims, nor from a header", async () => {
      const { clerk_user_id: sub } = await api.kit.userOf("user");
      const token = await fakeClerk(product).sign({
        sub,
        role: "admin",
        org_role: "org:admin",
        public_metadata: { role: "admin" },
      });
      const headers = {
        "x-user-id": "1",
        "x-role": "admin",
        "x-original-url": "/api/health",
        "x-http-method-override": "GET",
      };
      for (const operation of api.operations.filter(({ access }) => access === "agent" || access === "admin")) {
        const as: As = { token };
        const { status } = await api.send(operation, { ...(await inputFor(operation, api.world)), headers }, as);
        expect([operation.id, status]).toEqual([operation.id, 403]);
      }
    });

    it("is answered as the document says", () => {
      expect([...api.differences.values()]).toEqual([]);
    });
  });

function isEmptyPage(status: number, json: unknown): boolean {
  return status === 200 && (json as { items?: unknown[] }).items?.length === 0;
}

/** A listing may name no branch that is not the agent's: that is invalid input, for listings are public. */
const refusal = ({ path }: Operation) => (path.startsWith("/api/v1/properties") ? 422 : 404);
