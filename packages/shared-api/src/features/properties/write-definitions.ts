import { createRoute } from "@hono/zod-openapi";
import type { Product } from "@whitelabel/shared-config";
import { idempotencyKey, ifMatch, json } from "../../http/describe.ts";
import { problems } from "../../http/describe-problems.ts";
import { listingPatch, newListing, TranslationSchema } from "./inputs.ts";
import { idParams, StaffPropertySchema, translationParams } from "./schemas.ts";

const tags = ["properties"];
const listing = (description: string) => json(StaffPropertySchema, `${description}; its \`ETag\` is its version`);
const changeProblems = problems("invalid", "not_found", "gone", "precondition_failed");

export const createPropertyRoute = (product: Product) =>
  createRoute({
    method: "post",
    path: "/v1/properties",
    operationId: "createProperty",
    tags,
    summary: "A new listing, as a draft",
    parameters: [idempotencyKey],
    request: { body: { required: true, content: { "application/json": { schema: newListing(product) } } } },
    responses: { 201: listing("The draft"), ...problems("invalid", "conflict", "gone") },
  });

export const updatePropertyRoute = (product: Product) =>
  createRoute({
    method: "patch",
    path: "/v1/properties/{id}",
    operationId: "updateProperty",
    tags,
    summary: "Change a listing",
    parameters: [ifMatch],
    request: {
      params: idParams,
      body: { required: true, content: { "application/json": { schema: listingPatch(product) } } },
    },
    responses: { 200: listing("The listing as it is now"), ...changeProblems },
  });

export const deletePropertyRoute = createRoute({
  method: "delete",
  path: "/v1/properties/{id}",
  operationId: "deleteProperty",
  tags,
  summary: "Take a listing down for good",
  description: "Whoever asks for it later is told that it is gone. Deleting it again is 204 again, and does nothing.",
  parameters: [ifMatch],
  request: { params: idParams },
  responses: { 204: { description: "It is deleted" }, ...problems("invalid", "not_found", "precondition_failed") },
});

export const publishPropertyRoute = createRoute({
  method: "put",
  path: "/v1/properties/{id}/publication",
  operationId: "publishProperty",
  tags,
  summary: "Show a listing to everybody",
  description: "One that is published already stays as it is.",
  parameters: [ifMatch],
  request: { params: idParams },
  responses: { 200: listing("The published listing"), ...changeProblems },
});

export const unpublishPropertyRoute = createRoute({
  method: "delete",
  path: "/v1/properties/{id}/publication",
  operationId: "unpublishProperty",
  tags,
  summary: "Make a listing a draft again",
  description: "A draft stays as it is.",
  parameters: [ifMatch],
  request: { params: idParams },
  responses: { 200: listing("The draft"), ...changeProblems },
});

export const translatePropertyRoute = (product: Product) =>
  createRoute({
    method: "put",
    path: "/v1/properties/{id}/translations/{locale}",
    operationId: "translateProperty",
    tags,
    summary: "A listing's texts in a locale",
    description: `Those in \`${product.locales[0]}\`, the fallback, are the listing's own. The same texts again change nothing.`,
    parameters: [ifMatch],
    request: {
      params: translationParams(product),
      body: { required: true, content: { "application/json": { schema: TranslationSchema } } },
    },
    responses: { 200: listing("The listing with its texts"), ...changeProblems },
  });

export const deleteTranslationRoute = (product: Product) =>
  createRoute({
    method: "delete",
    path: "/v1/properties/{id}/translations/{locale}",
    operationId: "deletePropertyTranslation",
    tags,
    summary: "Take a listing's texts in a locale away",
    description: "It then answers in the fallback, whose texts cannot be taken away. A locale without texts stays so.",
    parameters: [ifMatch],
    request: { params: translationParams(product) },
    responses: { 200: listing("The listing without them"), ...changeProblems },
  });
