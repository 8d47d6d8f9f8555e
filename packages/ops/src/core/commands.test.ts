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
  const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const err = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await coreGrantsCommand().parseAsync(["node", "core:grants", role]);
  expect(out.mock.calls.join("")).toMatch(/GRANT/i);
  expect(err.mock.calls.join("")).toMatch(warning);
});
