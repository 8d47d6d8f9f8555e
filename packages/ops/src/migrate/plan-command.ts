import { styleText } from "node:util";
import { OpsError } from "../cli/ops-error.ts";
import { printJson } from "../cli/print.ts";
import { printError } from "../cli/run-command.ts";
import { CONCURRENCY, folderReader, mapSome, type Target, urlOf } from "./fan-out.ts";
import { type Plan, plan } from "./plan.ts";

type Planned = Readonly<{ target: Target; plan?: Plan; error?: unknown }>;

/** `pnpm migrate --plan`: a script on stdout that holds what would run, and nothing else. */
export async function printPlans(targets: readonly Target[], { to, json }: { to?: string; json?: boolean }) {
  const read = folderReader();
  const planned = await mapSome(targets, CONCURRENCY, async (target): Promise<Planned> => {
    const { product, folder } = target;
    try {
      const migrations = read(folder);
      return { target, plan: await plan({ product, folder, migrations, migrationUrl: urlOf(target), to }) };
    } catch (error) {
      return { target, error };
    }
  });
  if (json) printJson(planned.map(toJson));
  else for (const [index, one] of planned.entries()) printPlan(one, index > 0);
  if (planned.some(({ error }) => error)) process.exitCode = 1;
}

function printPlan({ target, plan, error }: Planned, isNext: boolean): void {
  if (!plan) {
    process.stderr.write(`${styleText("bold", `${target.name}:`, { stream: process.stderr })} `);
    printError(error);
    return;
  }
  for (const warning of plan.warnings) process.stderr.write(`${target.name}: warning: ${warning}\n`);
  const { length } = plan.pending;
  const what = length > 0 ? `${length} ${length === 1 ? "migration" : "migrations"}` : plan.sql ? "grants" : "nothing";
  const title = `-- ${target.name}, database ${plan.database}: ${what} to apply\n`;
  process.stdout.write(`${isNext ? "\n" : ""}${title}${plan.sql ? `\n${plan.sql}` : ""}`);
}

const toJson = ({ target, plan, error }: Planned) =>
  plan
    ? { target: target.name, ...plan }
    : {
        target: target.name,
        product: target.product.id,
        error: (error as Error).message,
        next: error instanceof OpsError ? error.next : undefined,
      };
