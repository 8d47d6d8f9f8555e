import fc, { type Arbitrary } from "fast-check";
import { resolved, type Schema, type Schemas } from "./document.ts";

/** Texts that have done harm somewhere: to SQL, to JSON, to logs, to whoever compares or counts letters. */
export const hostileTexts = [
  ...[
    "'",
    "''",
    '"',
    "\\",
    "\\'",
    "--",
    "/*",
    "*/",
    ";",
    "$1",
    "$$",
    "%",
    "_",
    "%%",
    "\\%",
    "`",
    ":",
    "::text",
    "?",
    "??",
  ],
  ...[
    "' or '1'='1",
    "' or 1=1 --",
    "1; drop table users; --",
    "') or ('1'='1",
    "' union select null,null --",
    "1 or 1=1",
  ],
  ...[
    "'; select pg_sleep(5); --",
    "'||(select version())||'",
    "\\'; select 1; --",
    "x' and 1=cast((select 1) as int) --",
  ],
  ...[
    "\u02bc or 1=1",
    "\uff07 or 1=1",
    "%27%20or%201=1",
    '{"$gt":""}',
    "$where",
    "#{7*7}",
    "{{7*7}}",
    "<script>",
    "../../etc/passwd",
  ],
  ...[
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\udc00",
    "\ufeff",
    "\u202e",
    "\u200b",
    "\u0301",
    "\r\nSet-Cookie: a=b",
    "\n",
    "\t",
    " ",
  ],
  ...[
    "",
    "null",
    "undefined",
    "NaN",
    "true",
    "[]",
    "{}",
    "0",
    "-1",
    "1e999",
    "١٢٣",
    "0x10",
    "__proto__",
    "constructor",
  ],
  ...[
    "🏝️",
    "ทดสอบ",
    "Ω".normalize("NFD"),
    "ß",
    "İ",
    "ﷺ",
    "a".repeat(300),
    "ก".repeat(2_000),
    "9".repeat(40),
    "(".repeat(200),
  ],
  ...[
    "2026-02-30",
    "0000-01-01",
    "-infinity",
    "infinity",
    "now",
    "today",
    "2026-11-21T24:00:00Z",
    "10000-01-01",
    "+00",
  ],
];

const hostileNumbers = [
  0,
  -0,
  -1,
  1,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 53 - 1,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  1e308,
  5e-324,
  0.1,
];

const hostileValue: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...hostileTexts),
  fc.constantFrom<unknown>(...hostileNumbers),
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { a: 1 }, { "": "" }, [1, "a", null]),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.jsonValue({ maxDepth: 2 }),
);

export type Known = Readonly<Record<string, readonly unknown[]>>;

/**
 * Values for a schema: mostly such as fit it, `known` ones of that name among them, some that nearly fit and some that
 * are meant to hurt. `wild` is the share of those, out of 100.
 */
export function arbitraryOf(
  schema: Schema,
  schemas: Schemas,
  known: Known,
  wild: number,
  name = "",
): Arbitrary<unknown> {
  const fitting = fittingOf(resolved(schema, schemas), schemas, known, wild, name);
  const values = known[name];
  const usual = values?.length
    ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: fitting })
    : fitting;
  if (wild === 0) return usual;
  return fc.oneof({ weight: 100 - wild, arbitrary: usual }, { weight: wild, arbitrary: hostileValue });
}

function fittingOf(schema: Schema, schemas: Schemas, known: Known, wild: number, name: string): Arbitrary<unknown> {
  const of = (part: Schema, partName = name) => arbitraryOf(part, schemas, known, wild, partName);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => of(one)));
  if (schema.allOf) {
    const parts = [
      ...schema.allOf,
      ...(schema.properties ? [{ ...schema, allOf: undefined } as unknown as Schema] : []),
    ];
    return fc.tuple(...parts.map((one) => of(one))).map((values) => Object.assign({}, ...values) as unknown);
  }
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? ["object"]);
  return fc.oneof(...types.map((type) => typed(type, schema, of, wild)));
}

function typed(
  type: string,
  schema: Schema,
  of: (part: Schema, name?: string) => Arbitrary<unknown>,
  wild: number,
): Arbitrary<unknown> {
  const example = schema.example === undefined ? [] : [fc.constant(schema.example)];
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.oneof(...example, integers(schema), fc.constantFrom(...edges(schema)));
    case "number":
      return fc.oneof(
        ...example,
        integers(schema),
        fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true }),
      );
    case "array":
      return fc.oneof(
        ...example,
        fc.array(of(schema.items ?? {}), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 4, 4),
        }),
      );
    case "string":
      return fc.oneof(...example, ...strings(schema));
  }
  return objects(schema, of, wild);
}

function objects(
  { properties = {}, required = [], additionalProperties, example }: Schema,
  of: (part: Schema, name?: string) => Arbitrary<unknown>,
  wild: number,
): Arbitrary<unknown> {
  const parts = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, of(part, name)]));
  const complete = fc.record(parts, { requiredKeys: required.filter((name) => name in parts) });
  const made: Arbitrary<unknown>[] = [complete];
  if (typeof additionalProperties === "object")
    made.push(fc.dictionary(fc.string({ maxLength: 12 }), of(additionalProperties), { maxKeys: 3 }));
  // The example is known to fit as a whole: changed at one place it gets past the first checks.
  if (example !== undefined) {
    const patch = fc
      .record(parts, { requiredKeys: [] })
      .map((all) => Object.fromEntries(Object.entries(all).slice(0, 2)));
    made.push(
      fc.constant(example),
      patch.map((some) => ({ ...(example as object), ...some })),
    );
  }
  if (wild === 0) return fc.oneof(...made);
  const unknownField = fc.tuple(
    complete,
    fc.constantFrom("id", "role", "version", "created_by", "x", "__proto__"),
    hostileValue,
  );
  return fc.oneof(
    { weight: 9, arbitrary: fc.oneof(...made) },
    {
      weight: 1,
      arbitrary: unknownField.map(([value, name, extra]) =>
        Object.defineProperty({ ...(value as object) }, name, { value: extra, enumerable: true }),
      ),
    },
  );
}

function integers({ minimum = -1_000, maximum = 1_000_000 }: Schema): Arbitrary<number> {
  return fc.integer({
    min: Math.max(minimum, -(2 ** 31)),
    max: Math.max(Math.min(maximum, 2 ** 31 - 1), Math.max(minimum, -(2 ** 31))),
  });
}

const edges = ({ minimum = 0, maximum = 100 }: Schema) => [
  minimum,
  minimum - 1,
  minimum + 1,
  maximum,
  maximum - 1,
  maximum + 1,
];

function strings({ format, minLength = 0, maxLength = 60, pattern }: Schema): Arbitrary<unknown>[] {
  switch (format) {
    case "uuid":
      return [fc.uuid(), fc.constant("0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10")];
    case "date":
      return [
        fc
          .date({ noInvalidDate: true, min: new Date("1990-01-01"), max: new Date("2090-01-01") })
          .map((at) => at.toISOString().slice(0, 10)),
        fc.constantFrom("2024-02-29", "0001-01-01", "9999-12-31", "2026-03-29"),
      ];
    case "date-time":
      return [
        fc
          .date({ noInvalidDate: true, min: new Date("2026-01-01"), max: new Date("2027-12-31") })
          .map((at) => at.toISOString()),
        fc.constantFrom(
          "2026-03-29T01:30:00+01:00",
          "0001-01-01T00:00:00Z",
          "9999-12-31T23:59:59.999Z",
          "2026-11-21T04:00:00.123456789Z",
          "1969-12-31T23:59:60Z",
        ),
      ];
    case "uri":
      return [
        fc.webUrl({ validSchemes: ["https"] }),
        fc.constantFrom("https://example.com/", "javascript:alert(1)", "http://[::1]/"),
      ];
    case "email":
      return [fc.emailAddress()];
  }
  const lengths = { minLength, maxLength: Math.min(maxLength, 120) };
  const made: Arbitrary<unknown>[] = [fc.string(lengths), fc.string({ ...lengths, unit: "grapheme" })];
  if (maxLength <= 300)
    made.push(fc.constantFrom("a".repeat(maxLength), "ก".repeat(maxLength), "a".repeat(maxLength + 1)));
  if (pattern) made.push(fc.stringMatching(new RegExp(pattern)).filter((text) => text.length <= 5_000));
  return made;
}
