import { describe, expect, it } from "vitest";
import { splitStatements, withoutComments } from "./split-statements.ts";

describe("a script's statements", () => {
  it.each([
    ["select 1; select 2", ["select 1", "select 2"]],
    ["select ';' ; select ';;''' ;", ["select ';'", "select ';;'''"]],
    [`select "a;b", E'it\\';s' ; select 2;`, [`select "a;b", E'it\\';s'`, "select 2"]],
    ["do $$ begin; end $$; select $a$ ; $$ ; $a$", ["do $$ begin; end $$", "select $a$ ; $$ ; $a$"]],
    ["-- one; two\nselect 1; -- three; four\n", ["-- one; two\nselect 1"]],
    ["/* one; /* nested; */ two; */ select 1 /* ; */; ;;", ["/* one; /* nested; */ two; */ select 1 /* ; */"]],
    ["select a$b; select c$d", ["select a$b", "select c$d"]],
    ["  ", []],
  ])("of %j are told apart", (sql, statements) => {
    expect(splitStatements(sql)).toEqual(statements);
  });

  it("are looked at without their comments", () => {
    expect(withoutComments("-- why\ncreate /* a /* b */ */ index\n  \"a--b\" on '/*'")).toBe(
      "create index \"a--b\" on '/*'",
    );
  });
});
