import type { Input } from "./request.ts";
import type { ReadOptions } from "./types.ts";

type Page = Readonly<{ items: readonly unknown[]; next_cursor: string | null }>;
type List = (input?: Input, options?: ReadOptions) => Promise<unknown>;

/** A list's method with its two iterators. */
export function withPages(list: List) {
  async function* pages(input: Input = {}, options?: ReadOptions): AsyncGenerator<Page, void, undefined> {
    let cursor = input.cursor;
    do {
      const page = (await list({ ...input, cursor }, options)) as Page;
      yield page;
      cursor = page.next_cursor;
    } while (cursor);
  }

  async function* items(input?: Input, options?: ReadOptions): AsyncGenerator<unknown, void, undefined> {
    for await (const page of pages(input, options)) yield* page.items;
  }

  return Object.assign(list, { pages, items });
}
