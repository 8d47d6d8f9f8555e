import { shown } from "../dev/workspace.ts";
import type { Migration } from "../migrate/read-folder.ts";
import { type Finding, lineAt } from "./finding.ts";

/** An exception that a migration asks for in its header: `-- allow <rule>: <reason>`. */
type Allowed = Readonly<{ rule: string; line: number }>;

const form = /^-- allow ([a-z][a-z0-9-]*): *\S.*$/;
const almost = /^\s*--\s*allow\b/i;

/** What old clients cannot live with; `-- breaking: <reason>` says so of the whole migration. */
const saidByBreaking = ["renaming-column", "renaming-table", "ban-drop-column", "ban-drop-table"];

/** Takes out of the findings what the file allows with a reason, and adds what is wrong with its exceptions. */
export function applyExceptions(product: string, migration: Migration, findings: readonly Finding[]): Finding[] {
  const { allowed, wrong } = readExceptions(product, migration);
  const rules = new Set(allowed.map(({ rule }) => rule));
  const spared = migration.header.breaking === undefined ? [] : saidByBreaking;
  const left = findings.filter(({ rule }) => !rules.has(rule) && !spared.includes(rule));
  const idle = allowed
    .filter(({ rule }) => !findings.some((finding) => finding.rule === rule))
    .map(({ rule, line }) => ({
      ...at(product, migration, line),
      rule: "idle-exception",
      message: `It allows ${rule}, and nothing in it asks for that.`,
      next: "Remove the line, or name the rule as the finding names it.",
    }));
  return [...left, ...wrong, ...idle];
}

function readExceptions(product: string, migration: Migration): { allowed: Allowed[]; wrong: Finding[] } {
  const lines = migration.sql.split("\n");
  const end = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("--"));
  const allowed: Allowed[] = [];
  const wrong: Finding[] = [];
  for (const [index, line] of lines.entries()) {
    if (!almost.test(line)) continue;
    const rule = line.match(form)?.[1];
    if (rule && (end === -1 || index < end)) allowed.push({ rule, line: index + 1 });
    else
      wrong.push({
        ...at(product, migration, index + 1),
        rule: "header",
        message: `\`${line.trim()}\` ${rule ? "stands below the first statement" : "is no exception: it needs a rule and a reason"}.`,
        next: "Write `-- allow <rule>: <reason>` above the first statement.",
      });
  }
  const hidden = migration.sql.search(/--\s*squawk-ignore/i);
  if (hidden >= 0)
    wrong.push({
      ...at(product, migration, lineAt(migration.sql, hidden)),
      rule: "header",
      message: "An exception of the linter's own gives no reason.",
      next: "Write `-- allow <rule>: <reason>` in the header instead.",
    });
  return { allowed, wrong };
}

const at = (product: string, { file }: Migration, line: number) => ({ product, file: shown(file), line });
