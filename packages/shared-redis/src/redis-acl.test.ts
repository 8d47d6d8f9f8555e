import { expect, it } from "vitest";
import { redisAcl } from "./redis-acl.ts";

const bestays = { redisUser: "bestays", redisPrefix: "bestays:", redisDb: 0 };

it("limits the user to the product's keys, channels and database, from nothing upwards", () => {
  const rules = redisAcl(bestays, ">word").split(" ");
  expect(rules.slice(0, 8)).toEqual(["user", "bestays", "reset", "on", ">word", "~bestays:*", "&bestays:*", "-@all"]);
  expect(rules.filter((rule) => rule.startsWith("+select"))).toEqual(["+select|0"]);
  expect(rules).toContain("-@dangerous");
});

it("takes no password that would end its rule and begin another", () => {
  expect(() => redisAcl(bestays, "> ~* +@all")).toThrow();
  expect(() => redisAcl(bestays, ">word\nuser other on nopass ~* +@all")).toThrow();
});
