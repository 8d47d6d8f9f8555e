import { describe, expect, it } from "vitest";
import { errorDetails } from "./error-details.ts";

const told = (error: unknown) => JSON.stringify(errorDetails(error));

describe("what is logged of an error", () => {
  it("has its kind and where it was thrown", () => {
    expect(errorDetails(new TypeError("x"))).toMatchObject({
      name: "TypeError",
      frames: expect.arrayContaining([expect.stringContaining("error-details.test.ts")]),
    });
    expect(errorDetails("a text")).toEqual({ name: "string" });
  });

  it("has nothing of a message that was changed after the stack was written", () => {
    expect(told(Object.assign(new Error("no\n    at Ada (guest:1:1)"), { message: "other" }))).not.toContain("Ada");
  });

  it("has nothing of a name, a code or a property that holds text", () => {
    const error = Object.assign(new Error("x"), { name: "Ada Example", code: "Ada: 1", email: "ada@example.test" });
    expect(told(error)).not.toMatch(/ada/i);
    expect(errorDetails(error).name).toBe("Error");
  });

  it("follows causes, and not forever", () => {
    const error: Error = new Error("a");
    error.cause = error;
    expect(told(error).match(/"cause"/g)).toHaveLength(4);
  });
});
