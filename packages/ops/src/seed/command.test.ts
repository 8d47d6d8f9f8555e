import { products } from "@whitelabel/shared-config";
import { afterEach, expect, it, vi } from "vitest";
import { seedCommand } from "./command.ts";

afterEach(() => vi.unstubAllEnvs());

// Nothing listens there: what is refused in time never finds out.
const nowhere = "postgres://nobody@127.0.0.1:1/nowhere";

it.each(["", ...products.map(({ id }) => `${id.toUpperCase()}_`)])(
  "%sENVIRONMENT=production refuses the seeds before any database is opened",
  async (prefix) => {
    for (const { id } of products) vi.stubEnv(`${id.toUpperCase()}_MIGRATION_DATABASE_URL`, nowhere);
    vi.stubEnv(`${prefix}ENVIRONMENT`, "production");
    await expect(seedCommand().parseAsync(["node", "seed", "--all"])).rejects.toThrow(/refused in production/);
  },
);
