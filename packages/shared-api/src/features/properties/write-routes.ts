import type { Product } from "@whitelabel/shared-config";
import type { Context } from "hono";
import { callerOf } from "../../auth/caller.ts";
import type { AppEnv, Deps } from "../../deps.ts";
import { AppError } from "../../http/app-error.ts";
import { openRoutes } from "../../http/open-routes.ts";
import { once } from "../../writes/once.ts";
import { expectedVersion, setVersion } from "../../writes/versions.ts";
import { expectKnownCodes } from "../dictionaries/expect-known-codes.ts";
import { changeListing, expectDeleted, keepingRules } from "./change-listing.ts";
import { findForStaff } from "./queries.ts";
import type { StaffProperty } from "./schemas.ts";
import { branchesOf, expectOwnBranch } from "./staff.ts";
import {
  createPropertyRoute,
  deletePropertyRoute,
  deleteTranslationRoute,
  publishPropertyRoute,
  translatePropertyRoute,
  unpublishPropertyRoute,
  updatePropertyRoute,
} from "./write-definitions.ts";
import {
  deleteListing,
  deleteTranslation,
  insertListing,
  putTranslation,
  setPublication,
  type Target,
  updateListing,
} from "./writes.ts";

/** Answers are in the fallback locale, with the texts of all of them beside. */
export const writeRoutes = (product: Product, { env, database }: Deps) => {
  const [fallback] = product.locales;
  const fallbackTexts = { locale: fallback, fallback };

  const targetOf = (c: Context<AppEnv>, id: string): Target => ({
    id,
    version: expectedVersion(c),
    branches: branchesOf(callerOf(c).user),
    fallback,
  });
  const tell = (c: Context<AppEnv>, property: StaffProperty): StaffProperty => {
    setVersion(c, property);
    c.header("Content-Language", fallback);
    return property;
  };
  const publication = async (c: Context<AppEnv>, id: string, isPublished: boolean) => {
    const target = targetOf(c, id);
    const change = setPublication(database, callerOf(c), target, isPublished);
    return tell(c, await changeListing(database, target, change, ({ is_published }) => is_published === isPublished));
  };

  return openRoutes()
    .openapi(createPropertyRoute(product), async (c) => {
      const caller = callerOf(c);
      const input = c.req.valid("json");
      expectOwnBranch(caller.user, env, input.property_id);
      const made = await once<StaffProperty>(
        c,
        { env, database },
        {
          make: async (to) => {
            await expectKnownCodes(to, input);
            return await keepingRules(insertListing(to, caller, input, fallback));
          },
          find: (id) => findStanding(id),
          idOf: ({ id }) => id,
        },
      );
      c.header("Location", `/api/v1/properties/${made.id}`);
      return c.json(tell(c, made), 201);
    })
    .openapi(updatePropertyRoute(product), async (c) => {
      const caller = callerOf(c);
      const patch = c.req.valid("json");
      const target = targetOf(c, c.req.valid("param").id);
      expectOwnBranch(caller.user, env, patch.property_id);
      await expectKnownCodes(database, patch);
      const change = updateListing(database, caller, target, patch);
      return c.json(tell(c, await changeListing(database, target, change)), 200);
    })
    .openapi(deletePropertyRoute, async (c) => {
      const target = targetOf(c, c.req.valid("param").id);
      await expectDeleted(database, target, deleteListing(database, callerOf(c), target));
      return c.body(null, 204);
    })
    .openapi(publishPropertyRoute, async (c) => c.json(await publication(c, c.req.valid("param").id, true), 200))
    .openapi(unpublishPropertyRoute, async (c) => c.json(await publication(c, c.req.valid("param").id, false), 200))
    .openapi(translatePropertyRoute(product), async (c) => {
      const caller = callerOf(c);
      const { id, locale } = c.req.valid("param");
      const translation = c.req.valid("json");
      const target = targetOf(c, id);
      const change =
        locale === fallback
          ? updateListing(database, caller, target, translation)
          : putTranslation(database, caller, target, locale, translation);
      const isSo = ({ translations }: StaffProperty) =>
        translations[locale]?.title === translation.title &&
        translations[locale]?.description === translation.description;
      return c.json(tell(c, await changeListing(database, target, change, isSo)), 200);
    })
    .openapi(deleteTranslationRoute(product), async (c) => {
      const { id, locale } = c.req.valid("param");
      if (locale === fallback) throw fallbackStays();
      const target = targetOf(c, id);
      const change = deleteTranslation(database, callerOf(c), target, locale);
      const isSo = ({ translations }: StaffProperty) => translations[locale] === undefined;
      return c.json(tell(c, await changeListing(database, target, change, isSo)), 200);
    });

  /** Undefined once it is deleted. */
  async function findStanding(id: string): Promise<StaffProperty | undefined> {
    const found = await findForStaff(database, id, fallbackTexts);
    if (!found || found.deleted_at !== null) return undefined;
    const { deleted_at: _, ...property } = found;
    return property;
  }
};

function fallbackStays(): AppError {
  return new AppError("invalid", "The request is not valid", {
    errors: [{ path: "param.locale", message: "The texts of the fallback locale can only be changed" }],
  });
}
