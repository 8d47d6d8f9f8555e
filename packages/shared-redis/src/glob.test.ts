import { expect, it } from "vitest";
import { literal } from "./glob.ts";

it("leaves no character that a pattern of Redis would read as its own", () => {
  expect(literal("a*b?c[d]e\\f^-g")).toBe("a\\*b\\?c\\[d\\]e\\\\f\\^\\-g");
  expect(literal("bestays:rate:1")).toBe("bestays:rate:1");
});
