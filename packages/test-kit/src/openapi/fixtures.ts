import type { As } from "./as.ts";
import { exampleInput, type Input, type Values } from "./build-request.ts";
import type { Operation } from "./document.ts";
import { signedEvent } from "./signed-event.ts";
import type { World } from "./world.ts";

type Fixture = (world: World, operation: Operation) => Promise<Input> | Input;

/**
 * A request of an operation that is done: the document's own examples, with ids of things that are there. Each call
 * brings things of its own, so that a deletion is in nobody's way.
 */
export async function inputFor(operation: Operation, world: World): Promise<Input> {
  const example = exampleInput(operation);
  const fixture = fixtures[operation.id];
  const { params, query, headers, json, body } = fixture ? await fixture(world, operation) : ({} as Input);
  const known = await knownValues(operation, world, { ...params, ...query });
  return {
    params: { ...example.params, ...known.params, ...params },
    query: { ...example.query, ...known.query, ...query },
    ...(headers && { headers }),
    ...(json !== undefined ? { json } : { json: withBranch(example.json, world) }),
    ...(body !== undefined && { body }),
  };
}

/** Who may do it, as the role table says; whoever has the least rights. */
export function callerFor({ access }: Operation): As {
  if (access === "open" || access === "public") return "nobody";
  return access;
}

const json = (value: unknown): Input => ({ json: value });
const byId = (id: string | number, rest: Input = {}): Input => ({ ...rest, params: { id } });

const fixtures: Readonly<Record<string, Fixture>> = {
  receiveClerkEvent: () => signedEvent({ type: "user.deleted", data: { id: "user_of_nobody", deleted: true } }),
  updateUser: async (world) => byId((await world.somebody()).id, json({ role: "agent", property_ids: [world.branch] })),
  deletePropertyTranslation: async ({ listing, product }) => ({
    params: { id: (await listing()).id, locale: product.locales[1] },
  }),
  createTask: ({ branch }) => json({ property_id: branch, title: "Extra towels", details: "Two, after 16:00." }),
  claimTask: async ({ task }) => byId((await task()).id, json({})),
  releaseTask: async ({ claimedTask }) => {
    const { id, fencing_token } = await claimedTask();
    return byId(id, { query: { fencing_token } });
  },
  completeTask: async ({ claimedTask }) => {
    const { id, fencing_token } = await claimedTask();
    return byId(id, json({ fencing_token, resolution: "Brought." }));
  },
  claimNextTask: async (world) => {
    await world.task();
    return json({ property_id: world.branch });
  },
  createParkingReservation: async ({ space, stay, periodOf }) =>
    json({ space_id: (await space()).id, booking_id: stay.booking_id, period: periodOf(stay), plate: "1กข 1234" }),
  createParkingSpace: async ({ branch }) => json({ property_id: branch, label: `F-${unique()}` }),
  getParkingAvailability: ({ branch, stay, periodOf }) => ({ query: { property_id: branch, ...periodOf(stay) } }),
  departFromParking: async ({ arrival }) => byId((await arrival()).id),
  createGuestRequest: ({ stay }) => json({ booking_id: stay.booking_id, kind: "other", text: "A pillow, please." }),
  updateGuestRequest: async ({ guestRequest }) => byId((await guestRequest()).id, json({ state: "accepted" })),
  createOwnRequest: async ({ answerOwnRequests }) => {
    await answerOwnRequests();
    return json({ kind: "other", text: "A pillow, please." });
  },
  withdrawOwnRequest: async ({ ownRequest }) => byId((await ownRequest()).id),
  createOwnParkingReservation: async ({ freeOwnSpaces, space, stay, periodOf }) => {
    await freeOwnSpaces();
    return json({ space_id: (await space()).id, period: periodOf(stay) });
  },
  cancelOwnParkingReservation: async ({ ownReservation }) => byId((await ownReservation()).id),
  updateParkingSpace: async ({ space }) => byId((await space()).id, json({ label: `G-${unique()}` })),
};

let count = 0;
const unique = () => (count++).toString(36);

/** Values for what the document has no good example of, by the path that they stand in and by their names. */
async function knownValues({ path, parameters }: Operation, world: World, given: Values): Promise<Input> {
  const has = (name: string) => parameters.some((one) => one.name === name && one.required);
  const params: Record<string, unknown> = {};
  for (const [pattern, name, make] of owners) {
    if (path.includes(pattern) && !(name in given)) params[name] = await make(world);
  }
  const query: Record<string, unknown> = {};
  if (has("property_id") && !path.includes("{property_id}")) query.property_id = world.branch;
  return { params, query };
}

/** Whose id stands in a path. */
const owners: readonly (readonly [string, string, (world: World) => Promise<unknown> | unknown])[] = [
  ["/v1/users/{id}", "id", async ({ somebody }) => (await somebody()).id],
  ["/v1/properties/{id}", "id", async ({ listing }) => (await listing()).id],
  ["/front-desk/branches/{property_id}", "property_id", ({ branch }) => branch],
  ["/front-desk/bookings/{booking_id}", "booking_id", ({ stay }) => stay.booking_id],
  ["/front-desk/tasks/{id}", "id", async ({ task }) => (await task()).id],
  ["/front-desk/guest-links/{id}", "id", async ({ guestLink }) => (await guestLink()).id],
  ["/front-desk/notifications/{id}", "id", ({ notificationOf }) => notificationOf()],
  ["/front-desk/notifications/{notification_id}", "notification_id", ({ notificationOf }) => notificationOf()],
  ["/front-desk/guest-requests/{id}", "id", async ({ guestRequest }) => (await guestRequest()).id],
  ["/front-desk/parking/spaces/{id}", "id", async ({ space }) => (await space()).id],
  ["/front-desk/parking/reservations/{id}", "id", async ({ reservation }) => (await reservation()).id],
];

/** A branch in an example is one of this product's. */
function withBranch(example: unknown, { branch }: World): unknown {
  if (typeof example !== "object" || example === null || !("property_id" in example)) return example;
  return { ...example, property_id: branch };
}
