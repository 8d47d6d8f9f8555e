import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { GenericContainer, Wait } from "testcontainers";
import { expect, it, onTestFinished } from "vitest";
import { describeWithDocker } from "../describe-with-docker.ts";

const script = join(import.meta.dirname, "../../../../scripts/migration-check.ts");

describeWithDocker("migration:check on PostgreSQL 17", () => {
  it("finds nothing: up, down and up again lead there as they do on 18", async () => {
    const container = await new GenericContainer("pgvector/pgvector:pg17")
      .withEnvironment({ POSTGRES_PASSWORD: "for-this-test-only" })
      .withExposedPorts(5432)
      .withTmpFs({ "/var/lib/postgresql/data": "rw" })
      // Twice: the server that sets up the data says it too.
      .withWaitStrategy(Wait.forLogMessage("database system is ready to accept connections", 2))
      .start();
    onTestFinished(() => void container.stop());
    const address = `${container.getHost()}:${container.getMappedPort(5432)}`;
    const url = `postgres://postgres:for-this-test-only@${address}/postgres`;
    const { stdout } = await promisify(execFile)(process.execPath, [script, "--server", url, "--json"]);
    expect(JSON.parse(stdout).findings).toEqual([]);
  }, 120_000);
});
