import { ApiError } from "./api-error.ts";
import type { Operation, Version } from "./types.ts";

/** The path's fields, the query's and `body`, side by side. */
export type Input = Readonly<Record<string, unknown>>;

/** The address of a call: fields that the path names go into the path, the others into the query. */
export function addressOf(baseUrl: string, { path }: Operation, input: Input): string {
  const { body: _, ...fields }: Record<string, unknown> = input;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = fields[name];
    delete fields[name];
    // An empty segment or one of dots would be another address.
    const text = String(value ?? "");
    if (text === "" || text === "." || text === "..") throw missing(name);
    return encodeURIComponent(text);
  });

  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) query.append(name, String(one));
    }
  }
  const text = query.toString();
  return baseUrl.replace(/\/+$/, "") + filled + (text && `?${text}`);
}

/** As the API would say it, which cannot be asked. */
function missing(name: string): ApiError {
  const message = "It is part of the address and must not be empty";
  return new ApiError("invalid", "The request is not valid", { errors: [{ path: `param.${name}`, message }] });
}

/** A version as the entity tag that `If-Match` takes. */
export function entityTag(version: Version): string {
  return typeof version === "number" || /^\d+$/.test(version) ? `"${version}"` : version;
}

/** Not `crypto.randomUUID`, which browsers lack on a page without https, such as a phone's view of a laptop. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
