import { expect, it } from "vitest";
import { methodsFor } from "./methods.ts";
import { answerWith, json, problem } from "./testing/answer-with.ts";
import type { PagedMethod } from "./types.ts";

type Page = { items: number[]; next_cursor: string | null; degraded: string[] };
type List = PagedMethod<[input?: { q?: string; cursor?: string }], Page>;

const page = (items: number[], next_cursor: string | null) => json({ items, next_cursor, degraded: [] });
const listOf = (baseUrl: string) =>
  methodsFor({ list: { method: "GET", path: "/api/v1/numbers", paged: true } }, { baseUrl }).list as List;

it("a list is one page, every page, or every item", async () => {
  const pages = [page([1, 2], "a/b+c="), page([], "d"), page([3], null)] as const;
  const { url, seen } = await answerWith(...pages, ...pages, ...pages);
  const list = listOf(url);

  const all: number[] = [];
  for await (const number of list.items({ q: "n" })) all.push(number);
  expect(all).toEqual([1, 2, 3]);
  expect(seen.map((request) => request.url)).toEqual([
    "/api/v1/numbers?q=n",
    "/api/v1/numbers?q=n&cursor=a%2Fb%2Bc%3D",
    "/api/v1/numbers?q=n&cursor=d",
  ]);

  const whole: Page[] = [];
  for await (const one of list.pages()) whole.push(one);
  expect(whole.map(({ items, degraded }) => [items, degraded])).toEqual([
    [[1, 2], []],
    [[], []],
    [[3], []],
  ]);
  expect(await list()).toMatchObject({ items: [1, 2], next_cursor: "a/b+c=" });
});

it("a page is read when it is asked for, and not before", async () => {
  const { url, seen } = await answerWith(page([1, 2], "a"), page([3], null));
  for await (const _first of listOf(url).items()) break;
  expect(seen).toHaveLength(1);
});

it("a list can go on from a cursor, and an error ends it", async () => {
  const { url, seen } = await answerWith(page([1], "b"), problem("invalid", 422));
  const found: number[] = [];
  const read = async () => {
    for await (const number of listOf(url).items({ cursor: "a" })) found.push(number);
  };
  await expect(read()).rejects.toMatchObject({ code: "invalid" });
  expect(found).toEqual([1]);
  expect(seen[0]?.url).toBe("/api/v1/numbers?cursor=a");
});
