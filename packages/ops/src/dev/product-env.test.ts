import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { bestays } from "@whitelabel/shared-config";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkEnv, overridesOf, productEnv } from "./product-env.ts";
import { keysOf } from "./secrets.ts";
import { workspaceRoot } from "./workspace.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "product-env-"));
const ours = { database: "postgres://u@h/app", migration: "postgres://m@h/app", core: "postgres://r@h/core" };
const env = () => productEnv(bestays, ours, keysOf(bestays));

beforeEach(() => vi.stubEnv("WHITELABEL_DATA", folder));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe("a product's variables", () => {
  it("count as not set where they are blank", () => {
    vi.stubEnv("BESTAYS_DATABASE_URL", "");
    vi.stubEnv("BESTAYS_REDIS_URL", "  ");
    expect(overridesOf(bestays)).not.toHaveProperty("DATABASE_URL");
    expect(env()).toMatchObject({ DATABASE_URL: ours.database });
    expect(env()).not.toHaveProperty("REDIS_URL");
  });

  it("take the place of ours when a file holds them, wherever the API runs", () => {
    vi.stubEnv("BESTAYS_DATABASE_URL_FILE", "secrets/url");
    vi.stubEnv("BESTAYS_APP_SECRET_FILE", path.join(folder, "app-secret"));
    expect(env()).toMatchObject({ DATABASE_URL_FILE: path.join(workspaceRoot, "secrets/url") });
    expect(env()).not.toHaveProperty("DATABASE_URL");
    expect(env()).not.toHaveProperty("APP_SECRET");
  });

  it("are valid when a file holds them", () => {
    const made = env(); // the keys' folder with it
    writeFileSync(path.join(folder, "url"), `${ours.database}\n`);
    vi.stubEnv("BESTAYS_DATABASE_URL_FILE", path.join(folder, "url"));
    expect(checkEnv(bestays, env())).toEqual(checkEnv(bestays, made));
  });

  it("are named as the developer writes them when they are wrong", () => {
    vi.stubEnv("BESTAYS_DATABASE_URL", "hunter2");
    vi.stubEnv("BESTAYS_CORE_DATABASE_URL_RO_FILE", "/nonexistent/hunter2");
    vi.stubEnv("LOG_LEVEL", "loud");
    expect(() => checkEnv(bestays, env())).toThrow(
      /^(?!.*hunter2).*BESTAYS_CORE_DATABASE_URL_RO_FILE: .*BESTAYS_DATABASE_URL: .* LOG_LEVEL: /s,
    );
  });
});
