import type { Catalog, Kind, Part } from "./read-catalog.ts";

export type Difference = Readonly<{
  kind: Kind;
  name: string;
  /** As seen from the expected one. */
  change: "missing" | "unexpected" | "different";
  /** What of it differs: its type, its default, … */
  fact?: string;
  expected?: string;
  found?: string;
}>;

export type CompareOptions = Readonly<{
  /** Kinds that are not looked at. */
  without?: readonly Kind[];
}>;

/** What of `found` is not as `expected`. The parts of a table that is missing or unexpected go without saying. */
export function compareCatalogs(expected: Catalog, found: Catalog, { without = [] }: CompareOptions = {}) {
  const keys = [...new Set([...expected.keys(), ...found.keys()])].sort();
  const wholes = keys.filter((key) => key.startsWith("table ") && !(expected.has(key) && found.has(key)));
  const isPart = (part: Part) => wholes.some((whole) => belongsTo(part, whole.slice("table ".length)));

  return keys.flatMap((key): Difference[] => {
    const [one, other] = [expected.get(key), found.get(key)];
    const part = one ?? other;
    if (!part || without.includes(part.kind)) return [];
    if (one && other) return factsOf(one, other);
    if (part.kind !== "table" && isPart(part)) return [];
    return [{ kind: part.kind, name: part.name, change: one ? "missing" : "unexpected", ...summary(part, one) }];
  });
}

function factsOf(one: Part, other: Part): Difference[] {
  return Object.keys(one.is)
    .filter((fact) => one.is[fact] !== other.is[fact])
    .map((fact) => ({
      kind: one.kind,
      name: one.name,
      change: "different" as const,
      fact,
      expected: one.is[fact] ?? "",
      found: other.is[fact] ?? "",
    }));
}

function summary({ is }: Part, one: Part | undefined): Partial<Difference> {
  const text = is.definition ?? is.privileges ?? is.type ?? is.text;
  return text === undefined ? {} : { [one ? "expected" : "found"]: text };
}

function belongsTo({ kind, name, is }: Part, table: string): boolean {
  // The definition of an index always names the schema.
  if (kind === "index")
    return / ON (?:ONLY )?(.*?) USING /.exec(is.definition ?? "")?.[1]?.replace(/^public\./, "") === table;
  if (kind === "grant" || kind === "comment") return name.startsWith(`${table}.`) || name.split(" to ")[0] === table;
  return name.startsWith(`${table}.`);
}

/** In one line, for people. */
export function sentenceOf({ kind, name, change, fact, expected, found }: Difference): string {
  if (change === "different") return `${kind} ${name}: ${fact} is ${short(found)} and should be ${short(expected)}`;
  const text = expected ?? found;
  return `${kind} ${name} ${change === "missing" ? "is missing" : "should not be there"}${text ? `: ${short(text)}` : ""}`;
}

const short = (text = "") => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 160 ? `${line.slice(0, 157)}…` : line;
};
