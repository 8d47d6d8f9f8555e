type Header = Readonly<{ description: string; schema: object; example?: unknown }>;

const text = { type: "string" };

/** Every header that an answer of ours says something with, by the name it is referred to in the document. */
export const headers = {
  "X-Request-Id": {
    description: "The caller's own, if it is one, or a new one: the same as in our log.",
    schema: text,
    example: "4f6c0c35-6a2e-4d5f-9a52-0f4d5c0a9d1e",
  },
  "X-Product": { description: "Whose API answers.", schema: text, example: "bestays" },
  "Cache-Control": { description: "`no-store` on anything personal.", schema: text, example: "no-store" },
  RateLimit: {
    description: "What is left of the limit that the request was counted by, and the seconds until all of it is back.",
    schema: text,
    example: '"user";r=597;t=1',
  },
  "RateLimit-Policy": {
    description: "That limit: so many requests in so many seconds.",
    schema: text,
    example: '"user";q=600;w=60',
  },
  "Retry-After": {
    description: "How many seconds to wait.",
    schema: { type: "integer", minimum: 0 },
    example: 1,
  },
  "WWW-Authenticate": { description: "How to sign in.", schema: text, example: "Bearer" },
  ETag: {
    description: "The version of what is answered: say it as `If-Match` with a change.",
    schema: text,
    example: '"3"',
  },
  Location: {
    description: "Where that which was made is read.",
    schema: { type: "string", format: "uri-reference" },
    example: "/api/v1/properties/0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10",
  },
  "Content-Language": { description: "The locale of the texts.", schema: text, example: "en" },
  "Idempotency-Replayed": {
    description: "`true` if an earlier request with this `Idempotency-Key` made it.",
    schema: { type: "string", enum: ["true"] },
    example: "true",
  },
} satisfies Record<string, Header>;

export type HeaderName = keyof typeof headers;

/** What each answer of a status says in headers; `about` is what is known of its route. */
export function headersOf(
  status: number,
  about: Readonly<{ isLimited: boolean; isKeyed: boolean; speaks: boolean; hasVersion: boolean; isMade: boolean }>,
): HeaderName[] {
  const isGood = status < 300;
  const names: (HeaderName | false)[] = [
    "X-Request-Id",
    "X-Product",
    "Cache-Control",
    about.isLimited && "RateLimit",
    about.isLimited && "RateLimit-Policy",
    (status === 429 || status === 503 || (status === 409 && about.isKeyed)) && "Retry-After",
    status === 401 && "WWW-Authenticate",
    isGood && about.hasVersion && "ETag",
    status === 201 && about.isMade && "Location",
    isGood && about.speaks && "Content-Language",
    isGood && about.isKeyed && "Idempotency-Replayed",
  ];
  return names.filter((name) => name !== false);
}

export const headerRefs = (names: readonly HeaderName[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
