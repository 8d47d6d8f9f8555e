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
export type EventEntry = Readonly<{ kind: string; entity: string }>;

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
  const values = [...params];
  const param = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const parts = [`changed as (${text})`, auditPart(author, audit, param)];
  if (also) parts.push(`changed_too as (${also})`);
  if (event) parts.push(...eventParts(event, param));
  const [row] = await to.query<Row>(`with ${parts.join(",\n")}\nselect * from changed`, values);
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

type Param = (value: unknown, type: string) => string;

function auditPart({ actor, request_id }: Author, entry: AuditEntry, param: Param): string {
  const { action, entity, changed_fields = [], details = {} } = entry;
  return `audited as (
    insert into audit_logs (id, actor_type, actor_id, action, entity, entity_id, changed_fields, details, request_id)
    select ${param(uuidv7(), "uuid")}, ${param(actor.type, "text")}, ${param(actorId(actor), "integer")},
      ${param(action, "text")}, ${param(entity, "text")}, changed.id::text,
      ${param(JSON.stringify(changed_fields), "jsonb")}, ${param(JSON.stringify(withLink(actor, details)), "jsonb")},
      ${param(request_id, "text")}
    from changed)`;
}

/** The counter's row stays locked until the commit, so that positions are in the order of commits. */
function eventParts({ kind, entity }: EventEntry, param: Param): string[] {
  return [
    `counted as (
    update front_desk_position set position = position + 1 where exists (select from changed) returning position)`,
    `told as (
    insert into front_desk_events (position, kind, property_id, entity, entity_id)
    select counted.position, ${param(kind, "text")}, changed.property_id, ${param(entity, "text")}, changed.id::text
    from counted, changed)`,
  ];
}

const actorId = (actor: Actor) => (actor.type === "user" ? actor.id : null);

/** A guest is named by the link that they came with. */
const withLink = (actor: Actor, details: Readonly<Record<string, unknown>>) =>
  actor.type === "guest" ? { ...details, guest_link_id: actor.link_id } : details;
