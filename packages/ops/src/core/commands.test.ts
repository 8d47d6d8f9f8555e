import { bestays } from "@whitelabel/shared-config";
import { afterEach, expect, it, vi } from "vitest";
import { coreGrantsCommand } from "./commands.ts";

afterEach(() => vi.restoreAllMocks());

it.each([
  ["warns of a role that is nobody's reader", "postgres", /^warning: "postgres" is no product's reader/],
  ["takes a product for its reader", bestays.id, /^$/],
  ["takes a reader's role", bestays.coreReaderRole, /^$/],
  ["takes the reader of a product that is not here yet", "hostels_core_reader", /^$/],
])("core:grants %s", async (_, role, warning) => {
  const written = { out: "", err: "" };
  vi.spyOn(process.stdout, "write").mockImplementation((text) => Boolean((written.out += text)));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean((written.err += text)));
  await coreGrantsCommand().parseAsync(["node", "core:grants", role]);
  expect(written.out).toMatch(/GRANT/i);
  expect(written.err).toMatch(warning);
});
