import { type EnvironmentName, products } from "@whitelabel/shared-config";
import { describe, expect, it } from "vitest";
import { environmentOf, refuseDeployed } from "./environment.ts";

describe.each(products)("the environment of $id", (product) => {
  const own = `${product.id.toUpperCase()}_ENVIRONMENT`;

  it.each([
    [{}, undefined],
    [{ ENVIRONMENT: " ", [own]: "" }, undefined],
    [{ ENVIRONMENT: "test" }, "test"],
    [{ [own]: "production" }, "production"],
    [{ ENVIRONMENT: "production", [own]: "development" }, "production"],
    [{ ENVIRONMENT: "development", [own]: "staging" }, "staging"],
    [{ OTHER_ENVIRONMENT: "production" }, undefined],
  ])("is by %j %s", (source, environment) => {
    expect(environmentOf(product, source)).toBe(environment);
  });

  it("refuses a word that may mean production, naming the variable", () => {
    expect(() => environmentOf(product, { [own]: "prod" })).toThrow(`${own} is none of development, test`);
  });
});

it("refuses in staging and production what belongs to development", () => {
  const refuse = (environment?: EnvironmentName) => () =>
    refuseDeployed(environment, { what: "Toys are", next: "Play at home." });
  expect(refuse("staging")).toThrow("Toys are refused in staging");
  expect(refuse("production")).toThrow("Toys are refused in production");
  for (const environment of ["development", "test", undefined] as const) expect(refuse(environment)).not.toThrow();
});
