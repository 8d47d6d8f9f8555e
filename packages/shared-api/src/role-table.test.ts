import { products } from "@whitelabel/shared-config";
import { useApp } from "@whitelabel/test-kit";
import { describe, expect, it } from "vitest";
import { createApp } from "./app.ts";
import { toRoutePath } from "./openapi.ts";
import { roleTable } from "./role-table.ts";
import { bodyOf } from "./test-support.ts";

for (const product of products) {
  describe(`${product.id}: the role table`, () => {
    const kit = useApp(product);
    const listed = Object.keys(roleTable).sort();

    it("names every route that is served, and no other", async () => {
      const routes = kit.app.routes.filter(({ method }) => method !== "ALL");
      expect(routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(listed);
      await kit.app.prepare(); // a feature that serves other routes than its own in the table cannot be made
    });

    it("names what the OpenAPI document names", async () => {
      const { paths } = await bodyOf<{ paths: Record<string, object> }>(kit.request("/api/openapi.json"));
      const documented = Object.entries(paths).flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${toRoutePath(path)}`),
      );
      expect(documented.sort()).toEqual(listed);
    });

    it("closes a route that it does not name to everybody", async () => {
      const app = createApp(product, kit.deps);
      app.get("/api/forgotten", (c) => c.text("served"));
      for (const role of ["user", "agent", "admin"] as const) {
        const headers = { authorization: `Bearer ${await kit.token(role)}` };
        expect((await app.request("/api/forgotten", { headers })).status).toBe(403);
      }
      expect((await app.request("/api/forgotten")).status).toBe(403);
    });
  });
}
