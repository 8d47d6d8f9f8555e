import { execFile } from "node:child_process";
import { cpSync, globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { generateClient, type OpenApiDocument } from "@whitelabel/api-client/generate";
import { describeApi } from "@whitelabel/shared-api";
import { products } from "@whitelabel/shared-config";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../../..");
const sources = join(root, "packages/api-client/src");

/** A frontend, one fact of the API a line. */
const usage = `import { ApiError, createClient, type ErrorCode } from "./index.ts";
const client = createClient({ baseUrl: "" });
const page = await client.listProperties({ transaction_type: "sale", limit: 5 });
const one = await client.getProperty({ id: page.items[0]?.id ?? "" });
export const title: string = one.title.toUpperCase();
export const price: number | null = one.sale_price;
for await (const { id } of client.listProperties.items()) String(id);
await client.getMe();
export const code: ErrorCode = "gone";
export const known = (error: unknown) => error instanceof ApiError && error.code === "core_unavailable";
`;

type Json = Record<string, unknown>;

const filters = "paths|/api/v1/properties|get|parameters";
const path = "paths|/api/v1/properties/{id}|get|parameters";

/** What could change in a route, and the lines of the frontend that must not compile any more. */
const changes: readonly [what: string, place: string, value: unknown, lines: number[]][] = [
  ["nothing", "info", {}, []],
  ["a new field in an answer", "components|schemas|Property|properties|extra", {}, []],
  ["a filter's values", `${filters}|transaction_type|schema|enum`, ["rent"], [3]],
  ["a filter's name", `${filters}|limit|name`, "page_size", [3]],
  ["a filter that must be given", `${filters}|q|required`, true, [3, 7]],
  ["a list that pages no more", `${filters}|cursor|name`, "after", [7]],
  ["a field of the path", `${path}|id|name`, "property_id", [4]],
  ["a field's type", "components|schemas|Property|properties|title|type", "integer", [5]],
  ["a field that may be missing", "components|schemas|Property|required", ["id", "sale_price"], [5]],
  ["a field that may be null", "components|schemas|Property|properties|title|type", ["string", "null"], [5]],
  ["a field that is gone", "components|schemas|Property|properties|sale_price", undefined, [6]],
  ["an operation's name", "paths|/api/v1/users/me|get|operationId", "getMyself", [8]],
  ["an operation that is gone", "paths|/api/v1/users/me|get", undefined, [8]],
  ["a code that is gone", "components|schemas|Problem|properties|code|enum", ["invalid", "core_unavailable"], [9]],
  ["another code that is gone", "components|schemas|Problem|properties|code|enum", ["invalid", "gone"], [10]],
];

/** The document with another value at a place; in a list, a step is the name of an entry. */
function withChange(document: object, place: string, value: unknown): OpenApiDocument {
  const changed = structuredClone(document) as Json;
  const steps = place.split("|");
  const last = steps.pop() as string;
  const target = steps.reduce((at: Json, step) => {
    const next = Array.isArray(at) ? at.find(({ name }) => name === step) : at[step];
    if (next === undefined) throw new Error(`The document has no ${place}`);
    return next as Json;
  }, changed);
  if (value === undefined) delete target[last];
  else target[last] = value;
  return changed;
}

describe("a frontend that uses the client", () => {
  const folder = mkdtempSync(join(tmpdir(), "client-types-"));
  let output = "";

  beforeAll(async () => {
    const document = await describeApi(products);
    for (const [index, [, place, value]] of changes.entries()) {
      const at = join(folder, `case-${index}`);
      for (const file of globSync("*.ts", { cwd: sources, exclude: ["*.test.ts"] })) {
        cpSync(join(sources, file), join(at, file));
      }
      writeFileSync(join(at, "generated.ts"), generateClient(withChange(document, place, value)));
      writeFileSync(join(at, "usage.ts"), usage);
    }
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const compilerOptions = { lib: ["ES2024", "DOM", "DOM.Iterable"], types: [] };
    const config = { extends: join(root, "tsconfig.base.json"), compilerOptions, include: ["case-*/*.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    output = await promisify(execFile)(join(root, "node_modules/.bin/tsc"), ["-p", folder], { cwd: folder }).then(
      ({ stdout }) => stdout,
      ({ stdout }) => stdout,
    );
    if (!output.includes("case-")) throw new Error(`The compiler found nothing wrong, or did not start: ${output}`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(changes.map(([what, , , lines], index) => ({ what, lines, index })))(
    "does not compile in its lines $lines when the API changes $what",
    ({ lines, index }) => {
      const found = [...output.matchAll(new RegExp(`^case-${index}/(\\S+?)\\((\\d+),`, "gm"))];
      const wrong = new Set(found.map(([, file, line]) => `${file}:${line}`));
      expect([...wrong]).toEqual(lines.map((line) => `usage.ts:${line}`));
    },
  );
});
