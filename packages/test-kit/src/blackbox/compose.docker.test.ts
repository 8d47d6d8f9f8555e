import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { products } from "@whitelabel/shared-config";
import { expect, it } from "vitest";
import { describeWithDocker } from "../describe-with-docker.ts";

type Service = {
  build?: { args: Record<string, string> };
  environment: Record<string, string>;
  ports?: { host_ip?: string; published: string; target: number }[];
  read_only?: boolean;
  restart?: string;
  cap_drop?: string[];
};

function servicesOf(file: string): Record<string, Service> {
  const cwd = join(import.meta.dirname, "../../../..");
  const text = execFileSync("docker", ["compose", "--file", file, "config", "--format", "json"], { cwd });
  return JSON.parse(text.toString()).services;
}

describeWithDocker("the compose files", () => {
  it("publish every port on this machine's own address only", () => {
    for (const file of ["docker-compose.dev.yml", "docker-compose.prod.yml"])
      for (const { ports = [] } of Object.values(servicesOf(file)))
        for (const port of ports) expect(port.host_ip, file).toBe("127.0.0.1");
  });

  it("run every product's API in production, locked down, with its secrets in files and no store published", () => {
    const { postgres, redis, ...apis } = servicesOf("docker-compose.prod.yml");
    expect([postgres?.ports, redis?.ports]).toEqual([undefined, undefined]);
    expect(Object.keys(apis).sort()).toEqual(products.map(({ id }) => `${id}-api`).sort());

    for (const { id, port } of products) {
      const api = apis[`${id}-api`];
      expect(api).toMatchObject({ build: { args: { PRODUCT: id } }, read_only: true, cap_drop: ["ALL"] });
      expect(api?.restart).toBe("unless-stopped");
      expect(api?.ports).toMatchObject([{ published: String(port), target: 8000 }]);
      for (const secret of ["DATABASE_URL", "CORE_DATABASE_URL_RO", "REDIS_URL", "APP_SECRET", "CLERK_JWT_KEY"]) {
        expect(api?.environment[secret]).toBeUndefined();
        expect(api?.environment[`${secret}_FILE`]).toMatch(new RegExp(`^/run/secrets/${id}_`));
      }
    }
  });
});
