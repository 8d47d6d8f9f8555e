import type { Input } from "../../openapi/build-request.ts";
import type { Answer } from "../../openapi/check-answers.ts";
import type { Operation, Schema } from "../../openapi/document.ts";
import { callerFor, inputFor } from "../../openapi/fixtures.ts";
import { contacts, type Name } from "./guests.ts";
import type { Caller, Canary } from "./open-canary.ts";

/** By operation. */
export type Inputs = ReadonlyMap<string, Input>;

export type Driven = Readonly<{ operation: Operation; as: Caller; answer: Answer; what: string; sent: string }>;

/** Every operation as everybody, with input that fits the document. */
export async function driveValid(canary: Canary, inputs: Inputs): Promise<Driven[]> {
  const { operations, world } = canary;
  const stranger = { token: world.otherAgentToken };
  const otherGuest = { token: (await world.guestLink(world.otherStay)).token };
  const callers: Caller[] = ["nobody", "user", "guest", "agent", stranger, otherGuest];
  return await each(operations, async (operation) => {
    const found: Driven[] = [];
    // The one who may comes first, for what they need is made for one use.
    for (const as of new Set([callerFor(operation), ...callers]))
      found.push(await ask(canary, operation, as, "valid", inputs.get(operation.id) ?? {}));
    return found;
  });
}

/** A guest's name wherever a caller can put one that is not text: in ids, in questions, in headers, in a broken body. */
export async function driveNamesIn(canary: Canary, inputs: Inputs, names: readonly Name[]): Promise<Driven[]> {
  let turn = 0;
  return await each(canary.operations, async (operation) => {
    turn += 1;
    const { first, last } = names[turn % names.length] as Name;
    const found: Driven[] = [];
    for (const [what, input] of Object.entries(namedInputs(operation, inputs.get(operation.id) ?? {}, first, last))) {
      const callers: Caller[] = what === "query" ? ["nobody", callerFor(operation)] : [callerFor(operation)];
      for (const as of new Set(callers)) found.push(await ask(canary, operation, as, `name in ${what}`, input));
    }
    return found;
  });
}

function namedInputs(operation: Operation, usual: Input, first: string, last: string): Record<string, Input> {
  const name = `${first} ${last}`;
  const inputs: Record<string, Input> = {
    params: { ...usual, params: Object.fromEntries(Object.keys(usual.params ?? {}).map((key) => [key, name])) },
    query: { ...usual, query: { ...usual.query, ...withName(operation, name) } },
    "unknown query": { ...usual, query: { ...usual.query, [last]: name } },
    headers: { ...usual, headers: { ...usual.headers, ...namedHeaders(name) } },
  };
  if (!operation.body) return inputs;
  const { json, ...rest } = usual;
  const ids = Object.keys((json ?? {}) as object).filter((field) => field.endsWith("_id"));
  return {
    ...inputs,
    "unknown field": { ...usual, json: { ...(json as object), [last]: name, first_name: first } },
    ...(ids.length > 0 && {
      "ids in the body": {
        ...usual,
        json: { ...(json as object), ...Object.fromEntries(ids.map((id) => [id, name])) },
      },
    }),
    "broken body": { ...rest, body: `{"text": "${name}` },
  };
}

const withName = ({ parameters }: Operation, name: string) =>
  Object.fromEntries(parameters.filter((one) => one.in === "query").map((one) => [one.name, name]));

/** As a browser would have to send it: no header holds other letters than Latin ones. */
const namedHeaders = (name: string) => {
  const value = encodeURIComponent(name);
  return {
    "x-guest": value,
    "x-request-id": value,
    "idempotency-key": value,
    "if-match": value,
    "accept-language": value,
  };
};

/** Free text about a booking, in every place that takes some. */
export async function driveTexts(canary: Canary, texts: readonly string[]): Promise<Driven[]> {
  const { operations, world } = canary;
  const written = operations.filter(({ path }) => isAboutGuests(path));
  return await each(written, async (operation) => {
    const found: Driven[] = [];
    for (const field of textFields(operation, canary.schemas))
      for (const text of texts) {
        const usual = await inputFor(operation, world);
        const json = { ...aboutGuest(operation, canary, usual.json as object), [field]: text };
        found.push(await ask(canary, operation, callerFor(operation), `${field}: ${text}`, { ...usual, json }));
      }
    return found;
  });
}

/** Without a booking there is no guest whose name a text could hold, and only who declines gives a reason. */
function aboutGuest({ id }: Operation, { world }: Canary, json: object): object {
  if (id === "createTask") return { ...json, booking_id: world.stay.booking_id };
  return id === "updateGuestRequest" ? { state: "declined" } : json;
}

/** Fields that take any text; an id, a time, a word of a list are none. */
function textFields({ body, path }: Operation, schemas: Readonly<Record<string, Schema>>): string[] {
  const schema = body?.schema?.$ref ? schemas[body.schema.$ref.split("/").at(-1) ?? ""] : body?.schema;
  const isText = ({ type, format, enum: values, pattern }: Schema) =>
    [type].flat().includes("string") && !format && !values && !pattern;
  // What a space is called says nothing of a guest, and a plate is stored as a hash.
  return Object.entries(schema?.properties ?? {})
    .filter(
      ([name, field]) =>
        isText(field) && !/_id$|_local$|^(preset|label|plate)$/.test(name) && !path.endsWith("/spaces"),
    )
    .map(([name]) => name);
}

/** Every name alone and in a sentence, as people write it, and every contact. */
export function textsAbout({ first, last }: Name): string[] {
  return [
    `Towels for ${first} please`,
    `${last}: late arrival`,
    `ring ${last.toUpperCase()}, ${first.toLowerCase()} at eight`,
    `Guest says: ${contacts.email}`,
    `call ${contacts.phone} or charge ${contacts.card}`,
    `passport ${contacts.document}`,
  ];
}

/** Inputs of every operation, made while all is well. */
export async function prepare({ operations, world }: Canary): Promise<Inputs> {
  const inputs = new Map<string, Input>();
  for (const operation of operations) inputs.set(operation.id, await inputFor(operation, world));
  return inputs;
}

const isAboutGuests = (path: string) => /\/(front-desk|guest)\//.test(path);

/** Each operation about guests once as the one who may, all at the same time: for while a store is away. */
export async function driveAtOnce(canary: Canary, inputs: Inputs, what: string): Promise<Driven[]> {
  return await Promise.all(
    canary.operations
      .filter(({ path }) => isAboutGuests(path))
      .map((operation) => ask(canary, operation, callerFor(operation), what, inputs.get(operation.id) ?? {})),
  );
}

async function ask(canary: Canary, operation: Operation, as: Caller, what: string, input: Input): Promise<Driven> {
  const sent = JSON.stringify(input);
  return { operation, as, what, sent, answer: await canary.send(operation.id, input, as) };
}

/** A few at a time: the machine is small. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<Driven[]>): Promise<Driven[]> {
  const waiting = [...items];
  const done: Driven[] = [];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) done.push(...(await work(item)));
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return done;
}
