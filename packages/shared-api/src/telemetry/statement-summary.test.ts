import { describe, expect, it } from "vitest";
import { summaryOf } from "./statement-summary.ts";

describe("the summary of a statement", () => {
  it.each([
    ["select a from public.properties where id = $1", "select", "properties"],
    ['select "id" from "users" where "users"."id" = $1', "select", "users"],
    ["insert into reception_tasks (title) values ($1) returning *", "insert", "reception_tasks"],
    ["update only users set role = $1", "update", "users"],
    ["delete from audit_logs where id = $1", "delete", "audit_logs"],
    ["with u as (select 1 from users) insert into audit_logs select * from u", "insert", "audit_logs"],
    ["with u as (select 1 from users) select * from u", "select", "users"],
    ["select 1", "select", undefined],
    ["begin", "begin", undefined],
    ["vacuum", "other", undefined],
  ])("%s", (text, operation, table) => {
    expect(summaryOf(text)).toEqual({ operation, table });
  });

  it("never takes a word out of a text in quotes", () => {
    const { table } = summaryOf("select 'it''s from ada', $1 where note = 'from lovelace'");
    expect(table).toBeUndefined();
  });
});
