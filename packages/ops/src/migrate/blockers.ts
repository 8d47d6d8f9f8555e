import type { Sql } from "postgres";

/** Whoever stands before us at a lock, in a sentence; nothing that a row or a query says. */
export type Watch = Readonly<{ stop(): Promise<string | undefined> }>;

/**
 * Looks through another session whom `session` waits for, until it is stopped, and answers with whom it saw last.
 * The other session is only opened when something has taken longer than `everyMs`.
 */
export function watchBlockers(open: () => Promise<Sql>, session: number, everyMs: number): Watch {
  let seen: string | undefined;
  let sql: Sql | undefined;
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look()
      .catch(() => {}) // knowing who it was is a courtesy, and never a reason to fail
      .finally(() => {
        looking = undefined;
      });
  }, everyMs);

  async function look() {
    sql ??= await open();
    const [row] = await sql<Row[]>`
      select b.pid, b.usename as role, b.application_name as name, b.state,
        extract(epoch from now() - b.xact_start)::integer as seconds, held.mode, w.relation::regclass::text as relation
      from pg_locks w
      cross join lateral unnest(pg_blocking_pids(w.pid)) as blocker
      join pg_stat_activity b on b.pid = blocker
      left join lateral (
        select string_agg(distinct mode, ', ') as mode from pg_locks h
        where h.pid = b.pid and h.granted and h.relation = w.relation and h.database = w.database
      ) held on true
      where w.pid = ${session} and not w.granted
      order by held.mode is null, b.xact_start limit 1`;
    if (row) seen = sentenceOf(row);
  }

  return {
    async stop() {
      clearInterval(timer);
      await looking;
      await sql?.end({ timeout: 1 });
      return seen;
    },
  };
}

type Row = {
  pid: number;
  role: string | null;
  name: string | null;
  state: string | null;
  seconds: number | null;
  mode: string | null;
  relation: string | null;
};

function sentenceOf({ pid, role, name, state, seconds, mode, relation }: Row): string {
  const who = [role, name, state, seconds === null ? "" : `its transaction ${seconds} s old`]
    .filter(Boolean)
    .join(", ");
  if (!mode) return `pid ${pid} (${who}) stands before it${relation ? ` at ${relation}` : ""}`;
  return `pid ${pid} (${who}) holds ${mode} on ${relation}`;
}
