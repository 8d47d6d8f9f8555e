import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSigningKeys } from "./signing-keys.ts";

const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwk = { ...publicKey.export({ format: "jwk" }), kid: "ins_1" };
const clerk = { publishableKey: "", issuer: "", webhookSecrets: [], secretKey: "sk_test_x" };

describe("keys from Clerk's API", () => {
  let server: Server;
  let asked: (string | undefined)[];
  let status: number;
  beforeEach(async () => {
    asked = [];
    status = 200;
    server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.statusCode = status;
      response.end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));
  const open = () => openSigningKeys(clerk, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  it("are asked for once, with the secret key, however many need them", async () => {
    const keyOf = open();
    const keys = await Promise.all([keyOf("ins_1"), keyOf("ins_1"), keyOf("ins_1")]);
    expect(keys.map((key) => key?.n)).toEqual([jwk.n, jwk.n, jwk.n]);
    expect(asked).toEqual(["/v1/jwks Bearer sk_test_x"]);
  });

  it("are not asked for again for every name that a token invents", async () => {
    const keyOf = open();
    for (let i = 0; i < 50; i += 1) expect(await keyOf(`invented-${i}`)).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it("are missed as an outage and not as a bad token while Clerk is away", async () => {
    status = 500;
    const keyOf = open();
    await expect(keyOf("ins_1")).rejects.toMatchObject({ code: "unavailable" });
    status = 200;
    expect((await keyOf("ins_1"))?.n).toBe(jwk.n);
  });
});

it("a configured key serves every name, without network", async () => {
  const jwtKey = publicKey.export({ type: "spki", format: "pem" }).toString();
  const keyOf = openSigningKeys({ ...clerk, jwtKey }, "http://127.0.0.1:9");
  expect((await keyOf("whatever"))?.n).toBe(jwk.n);
});
