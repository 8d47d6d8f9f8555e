import { describe, expect, it } from "vitest";
import { isSameDatabase, parseDatabaseUrl } from "./database-url.ts";

describe("a database URL", () => {
  it.each([
    ["postgres://u:p@h/d", "postgresql://u:p@h/d"],
    ["POSTGRESQL://u:p@h:6543/d", "postgresql://u:p@h:6543/d"],
    ["postgresql+asyncpg://u:p%2F@h/d", "postgresql://u:p%2F@h/d"],
    ["postgresql+asyncpg://u:p@h/d?ssl=require", "postgresql://u:p@h/d?sslmode=require"],
    ["postgresql+asyncpg://u@h/d?prepared_statement_cache_size=0&ssl=disable", "postgresql://u@h/d?sslmode=disable"],
    ["postgresql://u:p@h/d?sslmode=verify-full", "postgresql://u:p@h/d?sslmode=verify-full"],
  ])("%s becomes %s", (text, expected) => {
    expect(parseDatabaseUrl(text)).toBe(expected);
  });

  it.each([
    "",
    "h/d",
    "postgresql:u:p@h/d",
    "postgresql://u:p@h/",
    "postgresql://u:p@h/d/e",
    "postgresql://u:p@h/d#x",
    "postgresql://u:p@h:99999/d",
    "postgresql://u:%zz@h/d",
    "postgresql://u:p@h/d e",
    "postgresql://u:p@h/d?sslmode=maybe",
    "postgresql+asyncpg://u:p@h/d?ssl=true",
    "postgresql+psycopg2://u:p@h/d",
    "sqlite:///d",
  ])("%j is refused", (text) => {
    expect(parseDatabaseUrl(text)).toBeUndefined();
  });

  it("names the same database in spite of case, port, user and loopback spellings", () => {
    expect(isSameDatabase("postgresql://a:b@H/d", "postgresql://c:d@h:5432/d?sslmode=disable")).toBe(true);
    expect(isSameDatabase("postgresql://a@localhost/d", "postgresql://a@127.0.0.1/%64")).toBe(true);
    expect(isSameDatabase("postgresql://a@[::1]/d", "postgresql://a@127.1.2.3/d")).toBe(true);
  });

  it("names another in another server, port or database", () => {
    for (const other of ["g/d", "h:5433/d", "h/D"]) {
      expect(isSameDatabase("postgresql://a@h/d", `postgresql://a@${other}`)).toBe(false);
    }
  });
});
