import { type Client, operations } from "./generated.ts";
import { methodsFor } from "./methods.ts";
import type { ClientOptions } from "./types.ts";

/** A client of a product's API: a method for every operation, all of which throw ApiError. It sends nothing by itself. */
export function createClient(options: ClientOptions): Client {
  return methodsFor(operations, options) as Client;
}
