import type { Statements } from "@whitelabel/shared-db";

export type Told = Readonly<{
  id: string;
  event: string;
  data: { position: number; kind: string; property_id: string; entity_id: string };
}>;

/** For tests: makes an event, as `change()` does with the row that it is about. Answers its position. */
export async function makeEvent(
  { query }: Pick<Statements, "query">,
  { property_id = "BKK-01", kind = "task.created", entity_id = "1" } = {},
): Promise<number> {
  const [row] = await query<{ position: number }>(
    `with counted as (update front_desk_position set position = position + 1 returning position)
    insert into front_desk_events (position, kind, property_id, entity, entity_id)
    select position, $1, $2, 'task', $3 from counted returning position`,
    [kind, property_id, entity_id],
  );
  return row?.position ?? 0;
}

/** For tests: a stream as a client reads it, to its end. Comments and what only moves the position are not events. */
export async function* eventsOf(response: Response): AsyncGenerator<Told> {
  for await (const { block } of blocksOf(response)) {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
    const [event, data] = [field("event"), field("data")];
    if (event !== undefined && data !== undefined) yield { id: field("id") ?? "", event, data: JSON.parse(data) };
  }
}

/** For tests: everything between two blank lines. */
export async function* blocksOf(response: Response): AsyncGenerator<{ block: string }> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    rest += decoder.decode(bytes, { stream: true });
    const blocks = rest.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) yield { block };
  }
}

/** For tests: the next events, so many. The stream stays open. */
export async function take(stream: AsyncGenerator<Told>, count: number): Promise<Told[]> {
  const taken: Told[] = [];
  while (taken.length < count) {
    const { value, done } = await stream.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}
