/**
 * The floor: what an able person would write by hand for the same answers, and nothing else. No ids, tokens, limits,
 * headers, log or checks of input; the same rows and the same JSON. It runs as a process of its own.
 */
import { createServer, type IncomingMessage } from "node:http";
import postgres from "postgres";
import { uuidv7 } from "uuidv7";

const { PORT, DATABASE_URL = "", CORE_URL = "", POOL, PRODUCT, USER_ID } = process.env;

const rfc3339 = (text: string) => `${text.slice(0, 10)}T${text.slice(11, -3)}Z`;
const as = (oid: number, parse: (text: string) => unknown) => ({ to: oid, from: [oid], serialize: String, parse });
const options = {
  max: Number(POOL),
  connection: { TimeZone: "UTC" },
  types: { instant: as(1184, rfc3339), day: as(1082, (text) => text), bigint: as(20, Number) },
};
const sql = postgres(DATABASE_URL, options as never) as unknown as postgres.Sql;
const core = postgres(CORE_URL, options as never) as unknown as postgres.Sql;

type Input = Readonly<{ id: string; query: URLSearchParams }>;

async function getListing({ id }: Input) {
  const [listing] = await sql`
    select p.id, coalesce(t.title, p.title) as title, coalesce(t.description, p.description) as description,
      p.transaction_type, p.property_type, p.rent_price, p.sale_price, p.lease_price, p.currency, p.physical_specs,
      p.location_details, p.amenities, p.policies, p.cover_image, p.images, p.tags, p.is_featured, p.listing_priority,
      p.property_id, p.created_at, p.updated_at, p.version from properties p
    left join property_translations t on t.listing_id = p.id and t.locale = 'en'
    where p.id = ${id} and p.is_published and p.deleted_at is null`;
  return listing;
}

async function listListings({ query }: Input) {
  const limit = Number(query.get("limit"));
  const [created_at, id] = JSON.parse(query.get("cursor") as string);
  const items = await sql`
    select p.id, coalesce(t.title, p.title) as title, coalesce(t.description, p.description) as description,
      p.transaction_type, p.property_type, p.rent_price, p.sale_price, p.lease_price, p.currency, p.physical_specs,
      p.location_details, p.amenities, p.policies, p.cover_image, p.images, p.tags, p.is_featured, p.listing_priority,
      p.property_id, p.created_at, p.updated_at, p.version from properties p
    left join property_translations t on t.listing_id = p.id and t.locale = 'en'
    where p.is_published and p.deleted_at is null and p.transaction_type = ${query.get("transaction_type")}
      and (p.created_at, p.id) < (${created_at}, ${id})
    order by p.created_at desc, p.id desc limit ${limit + 1}`;
  return pageOf(items, limit, ({ created_at, id }) => [created_at, id]);
}

async function getBoard({ query }: Input) {
  const limit = Number(query.get("limit"));
  const [property_id, date] = [query.get("property_id"), query.get("date")];
  const [[branch], bookings, rooms] = await Promise.all([
    core`select time_zone from properties where property_id = ${property_id}`,
    core`
      select booking_id, property_id, room_id, row_room_id, first_name, last_name, check_in, check_out, status
      from bookings where property_id = ${property_id} and check_in <= ${date} and ${date} < check_out
        and status is distinct from 'cancelled'
      order by check_in, booking_id, coalesce(row_room_id, '') limit ${limit + 1}`,
    core`select room_id, name, room_type from rooms where property_id = ${property_id}`,
  ]);
  const page = pageOf(bookings, limit, ({ check_in, booking_id, row_room_id }) => [check_in, booking_id, row_room_id]);
  const roomById = new Map(rooms.map((room) => [room.room_id, room]));
  await recordView("branch", property_id, { date, view: "in_house", booking_ids: idsOf(page.items) });
  return {
    property_id,
    view: "in_house",
    date,
    time_zone: branch?.time_zone,
    ...page,
    items: page.items.map((booking) => ({
      booking_id: booking.booking_id,
      property_id: booking.property_id,
      room_id: booking.room_id,
      row_room_id: booking.row_room_id,
      booking: contextOf(booking, roomById.get(booking.room_id)),
    })),
    degraded: [],
  };
}

async function listTasks({ query }: Input) {
  const limit = Number(query.get("limit"));
  const property_id = query.get("property_id");
  const tasks = await sql`
    select id, property_id, booking_id, room_id, row_room_id, title, details, resolution, category, priority, preset,
      due_at, escalated_at, state, assignee_id, lease_until, fencing_token, notification_id, guest_request_id,
      created_by, closed_at, orphaned_at, created_at, updated_at, version
    from reception_tasks where property_id = ${property_id} and state = 'open'
    order by (case priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 else 3 end), due_at, id
    limit ${limit + 1}`;
  const page = pageOf(tasks, limit, ({ priority, due_at, id }) => [priority, due_at, id]);
  const ids = idsOf(page.items);
  const [bookings, rooms] = await Promise.all([
    core`
      select distinct on (booking_id) booking_id, first_name, last_name, check_in, check_out, status, room_id
      from bookings where booking_id = any(${ids}) order by booking_id, coalesce(row_room_id, '')`,
    core`select room_id, name, room_type from rooms where room_id = any(${page.items.map(({ room_id }) => room_id)})`,
  ]);
  await recordView("branch", property_id, { list: "tasks", booking_ids: ids });
  const bookingById = new Map(bookings.map((booking) => [booking.booking_id, booking]));
  const roomById = new Map(rooms.map((room) => [room.room_id, room]));
  return {
    ...page,
    items: page.items.map((task) => ({
      ...task,
      booking: contextOf(bookingById.get(task.booking_id) as postgres.Row, roomById.get(task.room_id)),
    })),
    degraded: [],
  };
}

type SentListing = Readonly<
  Record<"title" | "description" | "transaction_type" | "property_type" | "currency", string> &
    Partial<Record<"rent_price" | "sale_price" | "lease_price", number>> &
    Record<"physical_specs" | "location_details" | "contact_info" | "images" | "tags", postgres.JSONValue>
>;

async function createListing(listing: SentListing) {
  return await sql.begin(async (tx) => {
    const [made] = await tx`
      insert into properties (id, created_by, updated_by, title, description, transaction_type, property_type,
        rent_price, sale_price, lease_price, currency, physical_specs, location_details, amenities, policies,
        contact_info, images, tags)
      values (${uuidv7()}, ${USER_ID as string}, ${USER_ID as string}, ${listing.title}, ${listing.description},
        ${listing.transaction_type}, ${listing.property_type}, ${listing.rent_price ?? null},
        ${listing.sale_price ?? null}, ${listing.lease_price ?? null}, ${listing.currency},
        ${tx.json(listing.physical_specs)}, ${tx.json(listing.location_details)}, '[]', '[]',
        ${tx.json(listing.contact_info)}, ${tx.json(listing.images)}, ${tx.json(listing.tags)})
      returning id, transaction_type, property_type, rent_price, sale_price, lease_price, currency, physical_specs,
        location_details, amenities, policies, cover_image, images, tags, is_featured, listing_priority, property_id,
        created_at, updated_at, version, title, description, is_published, contact_info, created_by, updated_by`;
    await tx`
      insert into audit_logs (id, actor_type, actor_id, action, entity, entity_id, changed_fields)
      values (${uuidv7()}, 'user', ${USER_ID as string}, 'listing.created', 'properties', ${made?.id},
        ${tx.json(Object.keys(listing))})`;
    return { ...made, translations: { en: { title: made?.title, description: made?.description } } };
  });
}

function recordView(entity: string, entity_id: string | null, details: object) {
  return sql`
    insert into audit_logs (id, actor_type, actor_id, action, entity, entity_id, details)
    values (${uuidv7()}, 'user', ${USER_ID as string}, 'guest_data.viewed', ${entity}, ${entity_id},
      ${sql.json(details as never)})`;
}

function pageOf(found: postgres.RowList<postgres.Row[]>, limit: number, positionOf: (row: postgres.Row) => unknown[]) {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  const next_cursor = last ? Buffer.from(JSON.stringify(positionOf(last))).toString("base64url") : null;
  return { items, next_cursor };
}

const idsOf = (rows: postgres.Row[]): string[] => [...new Set(rows.map(({ booking_id }) => booking_id))];

function contextOf({ first_name, last_name, check_in, check_out, status }: postgres.Row, room?: postgres.Row) {
  return {
    guest_name: [first_name, last_name].filter(Boolean).join(" "),
    room_name: room?.name ?? null,
    room_type: room?.room_type ?? null,
    check_in,
    check_out,
    status: status ?? "unknown",
  };
}

function answerOf(request: IncomingMessage): unknown {
  const { method, url = "" } = request;
  if (url === "/api/health") return { status: "ok", product: PRODUCT };
  if (method === "POST") return readJson(request).then(createListing);

  const [path = "", search] = url.split("?");
  const input = { id: path.slice(path.lastIndexOf("/") + 1), query: new URLSearchParams(search) };
  if (path === "/api/v1/front-desk/bookings") return getBoard(input);
  if (path === "/api/v1/front-desk/tasks") return listTasks(input);
  return path === "/api/v1/properties" ? listListings(input) : getListing(input);
}

async function readJson(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

createServer(async (request, response) => {
  const text = JSON.stringify(await answerOf(request));
  response.writeHead(request.method === "POST" ? 201 : 200, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(text);
}).listen(Number(PORT), "127.0.0.1");
