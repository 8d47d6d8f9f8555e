import { bestays } from "@whitelabel/shared-config";
import { expect, it } from "vitest";
import type { Catalog, Part } from "../drift/read-catalog.ts";
import { conversionSql } from "./conversion.ts";

const fine = { nullability: "null", default: "none", identity: "none", generated: "no", collation: "default" };

function withColumn(type: string): Catalog {
  const parts: Part[] = [
    { kind: "table", name: "stays", is: { form: "plain" } },
    { kind: "column", name: "stays.value", is: { type, ...fine } },
  ];
  return new Map(parts.map((part) => [`${part.kind} ${part.name}`, part]));
}

const convert = (from: string, to: string) => conversionSql(withColumn(to), withColumn(from), bestays).join("\n");

it.each([
  ["text", "character varying(10)"],
  ["numeric", "numeric(12,2)"],
  ["timestamp with time zone", "date"],
])("leaves a change of %s to %s, which would cut values without a word, as a comment", (from, to) => {
  expect(convert(from, to)).toContain(`-- Loses what of stays.value does not fit in ${to}.`);
  expect(convert(from, to)).not.toMatch(/^ALTER TABLE/m);
});

it.each([
  ["character varying(10)", "text"],
  ["timestamp without time zone", "timestamp with time zone"],
])("changes %s to %s, which keeps all", (from, to) => {
  expect(convert(from, to)).toMatch(/^ALTER TABLE stays ALTER COLUMN "value" TYPE/m);
});
