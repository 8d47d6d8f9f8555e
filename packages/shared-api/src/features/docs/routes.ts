import { createRoute, z } from "@hono/zod-openapi";
import type { Deps } from "../../deps.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { onlyOnce } from "../../one-at-a-time.ts";
import { docsPage, pagePolicy } from "./page.ts";
import { plain, scalarScript } from "./scalar-script.ts";

/** The document and the script change with a release only; an ETag makes a second look cheap. */
const CACHE = "public, max-age=300";

const getDocumentRoute = createRoute({
  method: "get",
  path: "/openapi.json",
  operationId: "getOpenApiDocument",
  tags: ["docs"],
  summary: "This document",
  responses: {
    200: {
      description: "OpenAPI 3.1",
      content: { "application/json": { schema: z.record(z.string(), z.unknown()) } },
    },
  },
});

const getDocsRoute = createRoute({
  method: "get",
  path: "/docs",
  operationId: "getDocs",
  tags: ["docs"],
  summary: "A page to read this document and to try it",
  responses: { 200: { description: "HTML", content: { "text/html": { schema: z.string() } } } },
});

const etag = { ETag: { description: "Of this release of the script.", schema: { type: "string" as const } } };

const getScalarScriptRoute = createRoute({
  method: "get",
  path: "/docs/scalar.js",
  operationId: "getDocsScript",
  tags: ["docs"],
  summary: "The script of that page",
  responses: {
    200: { description: "JavaScript", headers: etag, content: { "text/javascript": { schema: z.string() } } },
    304: { description: "Not changed", headers: etag },
  },
});

/** `describe` is called with the first request: it makes all of the app that is not made yet. */
export const docsRoutes = ({ env }: Deps, describe: () => Promise<object>) => {
  const page = docsPage(env.appName);
  const documentText = onlyOnce(async () => JSON.stringify(await describe()));

  return openRoutes()
    .openapi(getDocumentRoute, async (c): Promise<never> => {
      const headers = { "Content-Type": "application/json", "Cache-Control": CACHE };
      return c.body(await documentText(), 200, headers) as never;
    })
    .openapi(getDocsRoute, (c) => {
      const headers = { "Content-Security-Policy": pagePolicy, "Cache-Control": CACHE };
      return c.html(page, 200, headers) as never;
    })
    .openapi(getScalarScriptRoute, async (c) => {
      const script = await scalarScript();
      c.header("Cache-Control", CACHE);
      c.header("ETag", script.etag);
      c.header("Vary", "Accept-Encoding");
      if (c.req.header("If-None-Match") === script.etag) return c.body(null, 304);

      c.header("Content-Type", "text/javascript; charset=utf-8");
      if (!/\bgzip\b/.test(c.req.header("Accept-Encoding") ?? "")) return c.body(await plain(script), 200) as never;
      c.header("Content-Encoding", "gzip");
      return c.body(script.gzipped, 200) as never;
    });
};
