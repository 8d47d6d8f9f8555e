import { FIRST_OF_USERS, type Statements } from "@whitelabel/resilience/postgres";

/**
 * What our role may do that the API's must not: with any of it, a fault of ours could change the schema, undo the
 * append-only log, or reach another product. Sentences of names of rights; empty if there is none. Asked of the catalogs,
 * so that rights through other roles and through SET ROLE count as our own.
 */
export async function proveRuntimeRole(sql: Pick<Statements, "query">): Promise<string[]> {
  const [row] = await sql.query<Record<"attributes" | "owned" | "creates" | "members", string[] | null>>(`
    with me as materialized (
      select r.* from pg_roles r
      where r.rolname in (session_user, current_user) or (pg_has_role(session_user, r.oid, 'MEMBER')
        and not exists (select from pg_roles s where s.rolname = session_user and s.rolsuper))),
    spaces as (
      select oid, nspname, nspowner from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
    select
      (select array_agg(distinct attribute) from me cross join unnest(array[case when rolsuper then 'a superuser' end,
        case when rolcreaterole then 'allowed to create roles' end,
        case when rolcreatedb then 'allowed to create databases' end,
        case when rolreplication then 'allowed to replicate' end,
        case when rolbypassrls then 'allowed to bypass row security' end]) as attribute
        where attribute is not null) as attributes,
      (select array_agg(distinct rolname::text) from me
        where rolname in ('pg_write_all_data', 'pg_execute_server_program', 'pg_write_server_files', 'pg_maintain',
          'pg_read_server_files', 'pg_signal_backend', 'pg_checkpoint', 'pg_create_subscription')
          and rolname <> session_user) as members,
      (select array_agg(what order by what) from (
        select 'tables' as what where exists (
          select from pg_class c join spaces on spaces.oid = relnamespace
          where c.oid >= ${FIRST_OF_USERS} and relkind in ('r', 'p', 'v', 'm', 'f', 'S') and relowner in (select oid from me))
        union all select 'functions' where exists (
          select from pg_proc p join spaces on spaces.oid = pronamespace where p.oid >= ${FIRST_OF_USERS}
            and proowner in (select oid from me))
        union all select format('the schema %I', nspname) from spaces where nspowner in (select oid from me)
        union all select 'the database' from pg_database
          where datname = current_database() and datdba in (select oid from me)) as things) as owned,
      (select array_agg(place order by place) from (
        select format('in the schema %I', nspname) as place from spaces
          where exists (select from me where has_schema_privilege(me.oid, spaces.oid, 'CREATE'))
        union all select 'schemas in the database'
          where exists (select from me where has_database_privilege(me.oid, current_database(), 'CREATE'))) as places)
        as creates`);

  // Who is a superuser owns and may do everything: one fact is enough.
  if (row?.attributes?.includes("a superuser")) return ["is a superuser"];
  return [
    ...(row?.attributes ?? []).map((attribute) => `is ${attribute}`),
    ...(row?.members ?? []).map((role) => `is a member of ${role}`),
    ...(row?.owned ? [`owns ${row.owned.join(" and ")}`] : []),
    ...(row?.creates ? [`may create ${row.creates.join(" and ")}`] : []),
  ];
}
