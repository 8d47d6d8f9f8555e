import { startThrowawayPostgres } from "@whitelabel/test-kit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asJson, openPool, type Pool } from "./index.ts";

let server: Awaited<ReturnType<typeof startThrowawayPostgres>>;
let pool: Pool;

beforeAll(async () => {
  server = await startThrowawayPostgres();
  pool = openPool({ store: "database", url: server.superuserUrl, max: 1, deadlineMs: 10_000 });
});
afterAll(async () => {
  await pool.close();
  await server.stop();
});

const reader = asJson();
/** The rows that both ways give; they must be the same. */
async function bothOf(text: string, params: readonly unknown[] = []) {
  const texts = await pool.query<{ json: string }>(text, params, { reader });
  const read = texts.map(({ json }) => JSON.parse(json));
  // What is no number in JSON is null in it, whoever writes it.
  const ordinary = JSON.parse(JSON.stringify(await pool.query(text, params)));
  expect(read).toEqual(ordinary);
  expect(texts.map(({ json }) => Object.keys(JSON.parse(json)))).toEqual(ordinary.map(Object.keys));
  return read;
}

it("says of every type what the ordinary rows say", async () => {
  const [row] = await bothOf(`select
    true as yes, false as no, null::boolean as neither, 7::smallint as small, -2147483648 as int, 9007199254740991 as big,
    1.50::numeric as money, 2.5::real as real, 1e300::float8 as float, 'NaN'::float8 as nan, '-Infinity'::float8 as low,
    'text'::text as text, ''::text as empty, null::text as none, 'v'::varchar(9) as varchar, 'c'::char(3) as char,
    '0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10'::uuid as uuid, '\\x00ff'::bytea::text as bytes, 'read'::name as name,
    timestamptz '2026-11-21 04:00:00.123+00' as instant, timestamptz '2026-11-21 04:00:00+07' as earlier,
    timestamptz 'infinity' as forever, timestamptz '0044-03-15 12:00:00+00 BC' as ides, null::timestamptz as never,
    date '2026-11-21' as day, time '16:00' as time, timestamp '2026-11-21 04:00' as local, interval '1 day' as interval,
    '{"a": [1, 2.50, null, true, {"b": "\\"\\\\ü"}]}'::jsonb as jsonb, '{ "a" :\n1 }'::json as json, 'null'::jsonb as nil,
    array['a', null, 'b"c,{}\\']::text[] as texts, array[1, null]::int[] as ints, '{}'::text[] as nobody,
    array['0193f0c2-5b7e-7c31-a1f4-6d2f3b1c9e10']::uuid[] as uuids, inet '10.0.0.1' as address`);
  expect(row).toMatchObject({ instant: "2026-11-21T04:00:00.123Z", forever: "infinity", nan: null, big: 2 ** 53 - 1 });
});

it("quotes every text, whatever characters it is made of", async () => {
  const every = Array.from({ length: 0x300 }, (_, code) => String.fromCodePoint(code + 1));
  const odd = [
    '"',
    "\\",
    '\\"',
    "a\nb\tc\r\b\f",
    "\u2028\u2029\u007f",
    "ไทย 中文 😀 é",
    '","x":"y',
    "\u001f".repeat(99),
  ];
  const long = ['"'.repeat(100), "x".repeat(100), `${"é".repeat(70)}\n${"y".repeat(70)}`, '{"a": 1}'];
  const texts = [...every, ...odd, ...long, every.join(""), "ä\u0001".repeat(300_000)];
  const rows = await bothOf('select t as "a ""key"", ä" from unnest($1::text[]) as t', [texts]);
  expect(rows.map((row) => row['a "key", ä'])).toEqual(texts);
});

it("keeps rows apart, however long the one before was", async () => {
  const text =
    "select n as id, repeat('\u0001é', n) as note, array[repeat('é', n)] as notes, n as again from unnest($1::int[]) n";
  expect(await bothOf(text, [[0, 1, 60, 100_000, 3, 400_000, 2]])).toHaveLength(7);
});

it("gives the columns that were asked for as values beside, and no others", async () => {
  const text = "select 1 as id, null::text as room, 'B-1' as booking, array['x'] as tags, now() as at";
  const [row, ...more] = await pool.query(text, [], { reader: asJson("tags", "booking", "room", "nothing") });
  expect(more).toEqual([]);
  expect(row).toEqual({ json: expect.any(String), tags: ["x"], booking: "B-1", room: null });
  expect(await pool.query(`${text} where false`, [], { reader })).toEqual([]);
  expect(await pool.query("select", [], { reader })).toEqual([{ json: "{}" }]);
});

// Patched: the driver forgot that the rows before the failure were nobody's.
it.each([{ reader }, {}])("leaves nothing of a statement that failed after its first rows: %j", async (options) => {
  const failing = pool.query("select 1 / (n - 3) as x from generate_series(0, 5) n", [], options);
  await expect(failing).rejects.toThrow("division by zero");
  expect(await pool.query("select 1 as x")).toEqual([{ x: 1 }]);
});
