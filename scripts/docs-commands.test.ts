import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const { scripts, packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const builtIn = ["add", "changeset", "exec", "install", "pack", "patch", "run", "vitest"];

const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], { cwd: root })
  .toString()
  .split("\n")
  .filter((page) => page !== "" && !page.endsWith("CHANGELOG.md") && existsSync(join(root, page)));

const isUnbuilt = (line: string) => /not built yet/i.test(line);

/** The lines that say what is not built yet, or all others. */
const linesOf = (text: string, what: "built" | "unbuilt") =>
  text
    .split("\n")
    .filter((line) => isUnbuilt(line) === (what === "unbuilt"))
    .join("\n");

/** The commands that a reader would type: those in code. */
function commandsOf(text: string): string[] {
  const code = text.match(/```[\s\S]*?```|`[^`\n]+`/g) ?? [];
  const calls = code.flatMap((piece) => [...piece.matchAll(/\bpnpm(?:@[\d.]+)?(?: --?[\w-]+)* ([a-z][\w:-]*)/g)]);
  return calls.map(([, name = ""]) => name);
}

it("there are pages, and commands in them, to look at", () => {
  expect(pages).toContain("README.md");
  expect(
    pages.flatMap((page) => commandsOf(linesOf(readFileSync(join(root, page), "utf8"), "built"))).length,
  ).toBeGreaterThan(20);
});

describe.each(pages)("%s", (page) => {
  const text = readFileSync(join(root, page), "utf8");

  it("names only commands that there are", () => {
    const unknown = commandsOf(linesOf(text, "built")).filter((name) => !(name in scripts) && !builtIn.includes(name));
    expect(unknown).toEqual([]);
  });

  it("calls nothing unbuilt that there is", () => {
    expect(commandsOf(linesOf(text, "unbuilt")).filter((name) => name in scripts)).toEqual([]);
  });

  it("names the pnpm that the workspace is pinned to", () => {
    for (const [version] of text.matchAll(/pnpm@\d[\d.]*\d/g)) expect(version).toBe(packageManager);
  });

  it("links only to files that there are", () => {
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });
});
