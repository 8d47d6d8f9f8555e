import type { Operation } from "./document.ts";

export type Values = Readonly<Record<string, unknown>>;

/** What goes into a request of an operation; undefined leaves a value out. */
export type Input = Readonly<{ params?: Values; query?: Values; headers?: Values; json?: unknown; body?: string }>;

/** The address of an operation with these values. */
export function pathOf({ path }: Operation, { params = {}, query = {} }: Input): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}

/** Headers of a request with these values, without those that no client can send. */
export function headersOf({ headers = {} }: Input): Headers {
  const made = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) made.set(name, String(value));
  }
  return made;
}

/** What the document gives as an example of a required value, by place. */
export function exampleInput({ parameters, body }: Operation): Input {
  const examples = (place: string) =>
    Object.fromEntries(
      parameters.filter(({ in: at, required }) => at === place && required).map(({ name, example }) => [name, example]),
    );
  return { params: examples("path"), query: examples("query"), ...(body && { json: body.example }) };
}
