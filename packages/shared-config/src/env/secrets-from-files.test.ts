import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bestays } from "../products/index.ts";
import { readEnv } from "./read-env.ts";
import { coreUrl, newPublicKey, validSource } from "./valid-source.ts";
import { secretNames } from "./variables.ts";

const values: Record<string, string> = {
  DATABASE_URL: "postgresql://u:from-file@h/d",
  MIGRATION_DATABASE_URL: "postgresql://m:from-file@h/d",
  CORE_DATABASE_URL_RO: coreUrl,
  CLERK_SECRET_KEY: "sk_test_from_file",
  CLERK_WEBHOOK_SECRET: "whsec_ZnJvbSBhIGZpbGU=",
  CLERK_JWT_KEY: newPublicKey(),
  REDIS_URL: "redis://:from-file@h/0",
  OPENAI_API_KEY: "from-file",
  APP_SECRET: `k1:${"f".repeat(32)}`,
  OTEL_EXPORTER_OTLP_HEADERS: "x-key=from-file",
};
let folder: string;
const file = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
  for (const [name, value] of Object.entries(values)) writeFileSync(file(name), `${value}\n`);
  writeFileSync(file("empty"), "\n");
  writeFileSync(file("large"), `k1:${"s".repeat(65_534)}`);
  writeFileSync(file("largest"), `k1:${"s".repeat(65_533)}`);
  execFileSync("mkfifo", [file("pipe")]);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a secret in a file", () => {
  it("may be every variable that is one", () => {
    expect([...secretNames].sort()).toEqual(Object.keys(values).sort());
  });

  it("is read as if it stood in the variable, without its newline", () => {
    const inFiles = Object.fromEntries(secretNames.map((name) => [`${name}_FILE`, file(name)]));
    const unset = Object.fromEntries(secretNames.map((name) => [name, ""]));
    const fromFiles = readEnv(bestays, validSource(bestays, "development", { ...unset, ...inFiles }));
    expect(fromFiles).toEqual(readEnv(bestays, validSource(bestays, "development", values)));
  });

  it.each(Object.keys(values))("is refused beside %s itself", (name) => {
    const both = { [name]: values[name], [`${name}_FILE`]: file(name) };
    const read = () => readEnv(bestays, validSource(bestays, "development", both));
    expect(read).toThrow(`${name}: is set twice, by itself and by ${name}_FILE`);
  });

  it("that is missing, empty, endless or no file is named by its variable, and not as missing too", () => {
    const noFile = "the file cannot be read (it is not a regular file)";
    const problemWith = (path: string) => {
      const source = validSource(bestays, "development", { APP_SECRET: undefined, APP_SECRET_FILE: path });
      try {
        readEnv(bestays, source);
      } catch (error) {
        return (error as Error).message.split("\n").slice(1);
      }
      return [];
    };
    expect(problemWith(file("none"))).toEqual(["  APP_SECRET_FILE: the file cannot be read (ENOENT)"]);
    expect(problemWith(folder)).toEqual([`  APP_SECRET_FILE: ${noFile}`]);
    for (const path of ["/dev/zero", file("pipe")]) expect(problemWith(path)).toEqual([`  APP_SECRET_FILE: ${noFile}`]);
    expect(problemWith(file("large"))).toEqual(["  APP_SECRET_FILE: the file is larger than 64 KiB"]);
    expect(problemWith(file("largest"))).toEqual([]);
    expect(problemWith(file("empty"))).toEqual(["  APP_SECRET_FILE: the file is empty"]);
  });

  it("is read for secrets only", () => {
    const source = validSource(bestays, "development", { PORT_FILE: file("none") });
    expect(readEnv(bestays, source).port).toBe(bestays.port);
  });
});
