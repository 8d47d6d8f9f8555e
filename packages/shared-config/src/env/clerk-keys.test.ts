import { describe, expect, it } from "vitest";
import { clerkInstanceOf, publishableKeyOf } from "./clerk-keys.ts";

const key = (text: string, mode = "test") => `pk_${mode}_${Buffer.from(text).toString("base64")}`;

describe("a Clerk publishable key", () => {
  it("names the host of its instance", () => {
    expect(clerkInstanceOf(key("sacred-mayfly-55.clerk.accounts.dev$"))).toBe("sacred-mayfly-55.clerk.accounts.dev");
    expect(clerkInstanceOf(key("clerk.bestays.app$", "live"))).toBe("clerk.bestays.app");
  });

  it("names it however it is spelled, so that another product's is recognised", () => {
    expect(clerkInstanceOf(key("Sacred-Mayfly-55.Clerk.Accounts.Dev$"))).toBe("sacred-mayfly-55.clerk.accounts.dev");
    expect(clerkInstanceOf(key("sacred-mayfly-55.clerk.accounts.dev$").replace(/=+$/, ""))).toBe(
      "sacred-mayfly-55.clerk.accounts.dev",
    );
  });

  it.each([
    "",
    "pk_test_",
    key("sacred-mayfly-55.clerk.accounts.dev"),
    key("host.dev./path$"),
    key("host.dev$$"),
    key("host.dev.$"),
    key("user@host.dev$"),
    key("localhost$"),
    key("evil.dev$\nhost.dev$"),
    key("host.dev$", "prod"),
    key("host.dev$").replace("pk_", "sk_"),
  ])("%j is none", (text) => {
    expect(clerkInstanceOf(text)).toBeUndefined();
  });

  it("is made from an instance's short name or its domain", () => {
    expect(publishableKeyOf("pleasant-gnu-25")).toBe(key("pleasant-gnu-25.clerk.accounts.dev$"));
    expect(publishableKeyOf("clerk.bestays.app")).toBe(key("clerk.bestays.app$", "live"));
  });
});
