import { z } from "@hono/zod-openapi";

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable().openapi({ description: nextCursor }) });
}

const nextCursor = "Give it as `cursor` to get the next page; null on the last one.";

/** The query fields of every list. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(20).openapi({ example: 20 }),
  cursor: z.string().min(1).max(500).optional().openapi({ description: "`next_cursor` of the page before." }),
};
