import { products } from "@whitelabel/shared-config";
import { Command } from "commander";
import { chooseProduct } from "../cli/choose-products.ts";
import { OpsError } from "../cli/ops-error.ts";
import { printJson } from "../cli/print.ts";
import { loadEnvFile } from "../dev/workspace.ts";
import { createDevToken } from "./dev-token.ts";

type Options = { email?: string; ttl: string; json?: boolean };

/** `pnpm dev:token <product> <role>`: the token alone on stdout, so that a shell can keep it. */
export const devTokenCommand = (): Command =>
  new Command("dev:token")
    .description("Prints a session token of a seeded user, signed with the product's development key.")
    .argument("<product>", products.map(({ id }) => id).join(", "))
    .argument("<role>", "user, agent or admin")
    .option("--email <address>", "another seeded user of that role")
    .option("--ttl <time>", "how long it is good: 90s, 30m, 8h", "1h")
    .option("--json", "for programs: token, user and expiry as one JSON document")
    .addHelpText("after", "\nTOKEN=$(pnpm dev:token bestays agent)\n")
    .action(async (id: string, role: string, { email, ttl, json }: Options) => {
      loadEnvFile();
      const made = await createDevToken(chooseProduct(id), role, { email, ttlSeconds: readTtl(ttl) });
      if (json) printJson(made);
      else process.stdout.write(`${made.token}\n`);
    });

function readTtl(text: string): number {
  const [, amount, unit = ""] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit] ?? Number.NaN);
  if (seconds >= 1 && seconds <= 30 * 86_400) return seconds;
  throw new OpsError(`"${text}" is no time for a token.`, "Say 90s, 30m, 8h or 7d; at most 30d.");
}
