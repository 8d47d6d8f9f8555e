import { openGuestTokens } from "@whitelabel/shared-api";
import type { Product } from "@whitelabel/shared-config";
import { guestLinks, type Role, roles } from "@whitelabel/shared-db";
import { createAgent, createListing, createUser } from "../factories/index.ts";
import type { useApp } from "../use-app.ts";
import type { As } from "./as.ts";
import type { Input } from "./build-request.ts";
import type { Answer } from "./check-answers.ts";

type Kit = ReturnType<typeof useApp>;
type SendTo = (operationId: string, input: Input, as?: As) => Promise<Answer>;
type Made = Readonly<{ id: string; version: number; fencing_token: number }>;
type Stay = Readonly<{ booking_id: string; property_id: string; check_in: string; check_out: string }>;

export type World = Awaited<ReturnType<typeof openWorld>>;

/** What there is to ask for in a product: people, branches, bookings, and things that can be made anew each time. */
export async function openWorld(product: Product, kit: Kit, sendTo: SendTo) {
  const [branch = "", otherBranch = ""] = product.development.corePropertyIds;
  const { db } = kit.database;
  // Many users, so that no number that a generator likes is one of those that we call as.
  for (let made = 0; made < 30; made += 1) await createUser(db, { display_name: `Somebody ${made}` });
  await createUser(db, { role: "admin", display_name: "The other admin" });
  const stays = await staysIn(kit, [branch, otherBranch]);
  const stay = need(stays.find(({ property_id }) => property_id === branch));
  const otherStay = need(stays.find(({ property_id }) => property_id === otherBranch));
  const otherAgent = await createAgent(db, [otherBranch], { display_name: "Agent elsewhere" });

  const linkTo = async ({ property_id, booking_id }: Stay) => {
    const expires_at = new Date(Date.now() + 86_400_000).toISOString();
    const [link] = await db.insert(guestLinks).values({ property_id, booking_id, expires_at }).returning();
    return { id: need(link).id, token: openGuestTokens(kit.deps.env.appSecret.secret).sign(need(link).id) };
  };
  const sign = async (role: Role | typeof otherAgent) => {
    const { clerk_user_id } = typeof role === "string" ? await kit.userOf(role) : role;
    return await kit.clerk.sign({ sub: clerk_user_id, exp: Math.floor(Date.now() / 1000) + 3_600 });
  };
  const [user, agent, admin] = await Promise.all(roles.map(sign));
  const tokens = { user, agent, admin, guest: (await linkTo(stay)).token } as Record<Role | "guest", string>;

  async function make(operationId: string, input: Input, as: As = "admin"): Promise<Made> {
    const { status, text, json } = await sendTo(operationId, input, as);
    if (status >= 300) throw new Error(`${operationId} answered ${status}: ${text}`);
    return json as Made;
  }

  let made = 0;
  const world = {
    product,
    branch,
    otherBranch,
    stay,
    otherStay,
    tokens,
    otherAgentToken: await sign(otherAgent),
    otherAgent,
    listing: async () => await createListing(db),
    somebody: async () => await createUser(db),
    guestLink: async (of: Stay = stay) => await linkTo(of),
    task: (property_id = branch) => make("createTask", { json: { property_id, title: "Towels" } }),
    claimedTask: async (property_id = branch) => {
      const { id } = await world.task(property_id);
      const as = property_id === branch ? "agent" : "admin";
      return await make("claimTask", { params: { id }, json: {} }, as);
    },
    space: (property_id = branch) => {
      made += 1;
      return make("createParkingSpace", { json: { property_id, label: `W-${made}` } });
    },
    reservation: async (of: Stay = stay) => {
      const { id: space_id } = await world.space(of.property_id);
      return await make("createParkingReservation", {
        json: { space_id, booking_id: of.booking_id, period: periodOf(of) },
      });
    },
    arrival: async (of: Stay = stay) => {
      const { id } = await world.reservation(of);
      return await make("arriveAtParking", { params: { id } });
    },
    /** A guest may let only so many wait. */
    answerOwnRequests: async () => {
      await kit.database.owner.sql`
        update guest_requests set state = 'done', closed_at = now()
        where booking_id = ${stay.booking_id} and state = 'waiting'`;
    },
    ownRequest: async () => {
      await world.answerOwnRequests();
      return await make("createOwnRequest", { json: { kind: "other", text: "A pillow" } }, "guest");
    },
    /** A guest has as many as rooms. */
    freeOwnSpaces: async () => {
      await kit.database.owner.sql`delete from parking_reservations where booking_id = ${stay.booking_id}`;
    },
    ownReservation: async () => {
      await world.freeOwnSpaces();
      const { id: space_id } = await world.space();
      return await make("createOwnParkingReservation", { json: { space_id, period: periodOf(stay) } }, "guest");
    },
    guestRequest: async (of: Stay = stay) =>
      await make("createGuestRequest", { json: { booking_id: of.booking_id, kind: "other", text: "A pillow" } }),
    notificationOf: async (property_id = branch) => {
      const { json } = await sendTo("listNotifications", { query: { property_id } }, "admin");
      return need((json as { items: { notification_id: string }[] }).items[0]).notification_id;
    },
    periodOf,
  };
  return world;
}

/** A time within a stay that is still to come, or now. */
function periodOf({ check_out }: Pick<Stay, "check_out">) {
  const to = new Date(`${check_out}T04:00:00Z`);
  return { from: new Date(to.getTime() - 6 * 3_600_000).toISOString(), to: to.toISOString() };
}

/** Bookings of core with days before them, which are not cancelled. */
async function staysIn({ core, deps }: Kit, branches: readonly string[]): Promise<Stay[]> {
  if (!core || !deps.core) throw new Error("There are no bookings without core");
  const found = [];
  for (const property_id of branches) {
    for (const view of ["in_house", "arrivals"] as const) {
      const day = new Date().toISOString().slice(0, 10);
      const bookings = await deps.core.listBookings({ property_id, day, view });
      found.push(...bookings.filter(({ check_out }) => check_out > day));
    }
  }
  return found;
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The demo core or the seed lacks what the suites need");
  return value;
}
