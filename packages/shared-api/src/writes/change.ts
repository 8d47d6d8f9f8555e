import type { Statements } from "@whitelabel/shared-db";
import { uuidv7 } from "uuidv7";
import type { Actor, Author } from "../auth/caller.ts";

/** What an audit row says: ids, names of fields and values that are nobody's personal data. */
export type AuditEntry = Readonly<{
  /** `<entity>.<what happened>`, such as `listing.published`. */
  action: string;
  entity: string;
  changed_fields?: readonly string[];
  details?: Readonly<Record<string, unknown>>;
}>;

/** What the live stream tells of a change: `kind` and the id of the row. */
type EventEntry = Readonly<{ kind: string; entity: string }>;

export type Change = Readonly<{
  /** An INSERT or UPDATE of one row at most, RETURNING its `id` (and `property_id`, where there is an event). */
  text: string;
  params: readonly unknown[];
  audit: AuditEntry;
  event?: EventEntry;
  /** A further INSERT, UPDATE or DELETE of the same statement, with the same params; it reads the row from `changed`. */
  also?: string;
}>;

/**
 * Changes a row together with its audit row and its event, in one statement: all of it happens or nothing, in one round
 * trip instead of five. Undefined if no row was changed; then nothing is recorded either.
 */
export async function change<Row extends object>(
  to: Statements,
  author: Author,
  { text, params, audit, event, also }: Change,
): Promise<Row | undefined> {
  const values = [...params, ...auditValues(author, audit), ...(event ? [event.kind, event.entity] : [])];
  const [row] = await to.query<Row>(wholeOf(text, params.length, event !== undefined, also), values);
  return row;
}

/** Records what no row of ours changed with: a denial, a view of guests' data. */
export async function recordAudit(
  to: Statements,
  { actor, request_id }: Author,
  { action, entity, changed_fields = [], details = {} }: AuditEntry,
  entityId: string | null = null,
): Promise<void> {
  await to.sql`
    insert into audit_logs (id, actor_type, actor_id, action, entity, entity_id, changed_fields, details, request_id)
    values (${uuidv7()}, ${actor.type}, ${actorId(actor)}, ${action}, ${entity}, ${entityId},
      ${JSON.stringify(changed_fields)}::jsonb, ${JSON.stringify(withLink(actor, details))}::jsonb, ${request_id})`;
}

function auditValues({ actor, request_id }: Author, entry: AuditEntry): unknown[] {
  const { action, entity, changed_fields = [], details = {} } = entry;
  const jsons = [JSON.stringify(changed_fields), JSON.stringify(withLink(actor, details))];
  return [uuidv7(), actor.type, actorId(actor), action, entity, ...jsons, request_id];
}

/** The whole statement, put together once for each text: it is long, and the driver knows it by its text. */
function wholeOf(text: string, count: number, hasEvent: boolean, also = ""): string {
  let known = wholes.get(text);
  if (!known) {
    known = new Map();
    if (wholes.size < MAX_TEXTS) wholes.set(text, known);
  }
  const key = `${count} ${hasEvent} ${also}`;
  let whole = known.get(key);
  if (whole === undefined) {
    whole = putTogether(text, count, hasEvent, also);
    known.set(key, whole);
  }
  return whole;
}

const wholes = new Map<string, Map<string, string>>();
/** Texts are written in the source; one that differs each time must not fill memory. */
const MAX_TEXTS = 1_000;

/** After the params of the text come the audit row's values, and then the event's. */
function putTogether(text: string, count: number, hasEvent: boolean, also: string): string {
  let last = count;
  const param = (type: string) => {
    last += 1;
    return `$${last}::${type}`;
  };
  const parts = [`changed as (${text})`, auditPart(param)];
  if (also !== "") parts.push(`changed_too as (${also})`);
  if (hasEvent) parts.push(...eventParts(param));
  return `with ${parts.join(",\n")}\nselect * from changed`;
}

type Param = (type: string) => string;

function auditPart(param: Param): string {
  return `audited as (
    insert into audit_logs (id, actor_type, actor_id, action, entity, entity_id, changed_fields, details, request_id)
    select ${param("uuid")}, ${param("text")}, ${param("integer")}, ${param("text")}, ${param("text")},
      changed.id::text, ${param("jsonb")}, ${param("jsonb")}, ${param("text")}
    from changed)`;
}

/** The counter's row stays locked until the commit, so that positions are in the order of commits. */
function eventParts(param: Param): string[] {
  return [
    `counted as (
    update front_desk_position set position = position + 1 where exists (select from changed) returning position)`,
    `told as (
    insert into front_desk_events (position, kind, property_id, entity, entity_id)
    select counted.position, ${param("text")}, changed.property_id, ${param("text")}, changed.id::text
    from counted, changed)`,
  ];
}

const actorId = (actor: Actor) => (actor.type === "user" ? actor.id : null);

/** A guest is named by the link that they came with. */
const withLink = (actor: Actor, details: Readonly<Record<string, unknown>>) =>
  actor.type === "guest" ? { ...details, guest_link_id: actor.link_id } : details;
