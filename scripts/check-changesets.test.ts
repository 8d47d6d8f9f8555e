import { expect, it } from "vitest";
import { problemOf } from "./check-changesets.ts";

const changeset = (body: string) => `---\n"@whitelabel/shared-api": minor\n---\n\n${body}\n`;

it.each(["minor", "phase", "big"])("a changeset of class %s passes", (name) => {
  expect(problemOf(changeset(`Class: ${name}\n\nListings can be sorted by area.`))).toBeUndefined();
  expect(problemOf(changeset(`Listings can be sorted by area.\r\n\r\nClass: ${name}  \r\n`))).toBeUndefined();
});

it.each([
  ["without a class", "Listings can be sorted by area.", /names no class: add a line `Class: minor \| phase \| big`/],
  ["with an empty class", "Class:\n\nListings can be sorted by area.", /class that there is not/],
  ["with a class of its own", "Class: huge\n\nListings can be sorted by area.", /class that there is not/],
  ["with two classes", "Class: minor\nClass: big\n\nListings.", /names 2 classes/],
  ["with the class inside a sentence", "This is Class: minor, I think.", /names no class/],
  ["that says nothing else", "Class: minor", /says nothing/],
])("one %s is refused with what to do", (_, body, problem) => {
  expect(problemOf(changeset(body))).toMatch(problem);
});

it("a class in the head does not count", () => {
  expect(problemOf("---\nClass: minor\n---\n\nListings can be sorted.\n")).toMatch(/names no class/);
  expect(problemOf("Class: minor\n\nNo head at all.\n")).toMatch(/no head/);
});
