import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openGuestTokens } from "./guest-links.ts";

const linkId = "0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10";
const secret = randomBytes(32).toString("hex");
const { sign, verify } = openGuestTokens(secret);

describe("the token of a guest's link", () => {
  it("leads to its link, and is the same each time it is made", () => {
    expect(verify(sign(linkId))).toBe(linkId);
    expect(sign(linkId)).toBe(sign(linkId));
    expect(sign(linkId)).not.toContain(linkId.replaceAll("-", ""));
  });

  it("leads nowhere with one character changed, added or left out", () => {
    const token = sign(linkId);
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === "A" ? "B" : "A";
      expect(verify(token.slice(0, at) + other + token.slice(at + 1)), `changed at ${at}`).toBeUndefined();
      expect(verify(token.slice(0, at) + token.slice(at + 1)), `without ${at}`).toBeUndefined();
    }
    for (const text of [`${token}A`, `${token}=`, `${token}.`, token.slice(3), "gl_", ""]) {
      expect(verify(text), text).toBeUndefined();
    }
  });

  it("has one spelling: bits that its last character does not use are no way round", () => {
    const token = sign(linkId);
    const others = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"];
    const spellings = others.filter((last) => verify(token.slice(0, -1) + last) !== undefined);
    expect(spellings).toEqual([token.at(-1)]);
  });

  it("of another secret, or made up for an id that is known, leads nowhere", () => {
    expect(verify(openGuestTokens(randomBytes(32).toString("hex")).sign(linkId))).toBeUndefined();
    const id = Buffer.from(linkId.replaceAll("-", ""), "hex");
    expect(verify(`gl_${Buffer.concat([id, randomBytes(24)]).toString("base64url")}`)).toBeUndefined();
  });
});
