import {
  allowedPersonalColumns,
  canHoldText,
  dataDictionary,
  isPersonalColumn,
  type TextKind,
} from "@whitelabel/shared-db";
import { shown } from "../dev/workspace.ts";
import type { Catalog, Part } from "../drift/read-catalog.ts";
import type { Migration } from "../migrate/read-folder.ts";
import { type Finding, lineOf } from "./finding.ts";

export type Dictionary = Readonly<Record<string, TextKind>>;

const core = /^(property|booking|room|row_room|notification)_id$/;

/** What a migration made, read from the catalogues: no spelling of SQL gets past it. */
export function readSchema(
  product: string,
  { file, sql }: Migration,
  before: Catalog,
  after: Catalog,
  dictionary: Dictionary = dataDictionary,
): Finding[] {
  const made = [...after].filter(([key]) => !before.has(key)).map(([, part]) => part);
  const at = (name: string) => ({ product, file: shown(file), line: lineOf(sql, name) });
  return made.flatMap((part): Finding[] => {
    if (part.kind === "column") return readColumn(part, at, dictionary);
    if (part.kind === "constraint") return readConstraint(part, at);
    if (part.kind === "server" || (part.kind === "table" && part.is.form === "foreign"))
      return [
        {
          ...at(part.name),
          rule: "core-reference",
          message: `${part.kind} ${part.name} reaches into another database.`,
          next: "Core is read by packages/core-readonly and by nothing else.",
        },
      ];
    return [];
  });
}

type At = (name: string) => Pick<Finding, "product" | "file" | "line">;

function readColumn({ name, is }: Part, at: At, dictionary: Dictionary): Finding[] {
  const column = name.slice(name.lastIndexOf(".") + 1).replace(/^"|"$/g, "");
  const findings: Finding[] = [];
  if (isPersonalColumn(column) && !(name in allowedPersonalColumns))
    findings.push({
      ...at(column),
      rule: "personal-column",
      message: `${name} is called like personal data, and a guest's belongs in core.`,
      next:
        "Keep booking_id and ask core. If it is not a guest's: the reason into allowedPersonalColumns of " +
        "packages/shared-db/src/personal-columns.ts, or `-- allow personal-column: <reason>` into the header.",
    });
  if (canHoldText(is.type ?? "") && (dictionary[name] ?? "forbidden") === "forbidden")
    findings.push({
      ...at(column),
      rule: "unclassified-text",
      message: `${name} (${is.type}) can hold text, and ${name in dictionary ? "is forbidden" : "nobody said what it holds"}.`,
      next: `Add "${name}" with its kind to packages/shared-db/src/data-dictionary.ts, then \`pnpm data-dictionary\`.`,
    });
  return findings;
}

function readConstraint({ name, is }: Part, at: At): Finding[] {
  const columns = is.definition?.match(/^FOREIGN KEY \(([^)]*)\)/)?.[1]?.split(", ") ?? [];
  return columns
    .filter((column) => core.test(column))
    .map((column) => ({
      ...at(column),
      rule: "core-reference",
      message: `${name} ties ${column}, an identifier of core, to a table of ours.`,
      next: "Keep it as text without a foreign key: core is another database, and its rows come and go.",
    }));
}
