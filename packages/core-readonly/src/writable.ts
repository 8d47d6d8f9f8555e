import { StoreError } from "@whitelabel/resilience";
import { type ConnectionCheck, FIRST_OF_USERS } from "@whitelabel/resilience/postgres";

/** Predefined roles that only read, or do nothing to data. Any other, the ones to come included, counts as writing. */
const harmless = ["pg_read_all_data", "pg_read_all_settings", "pg_read_all_stats", "pg_stat_scan_tables", "pg_monitor"]
  .concat("pg_use_reserved_connections")
  .map((role) => `'${role}'`)
  .join(", ");

/**
 * The roles that our session is or can become with SET ROLE. A superuser can become everybody, which would only drown
 * the one fact that matters.
 */
export const reachableRoles = `me as materialized (
  select r.* from pg_roles r
  where r.rolname in (session_user, current_user)
    or (pg_has_role(session_user, r.oid, 'MEMBER')
      and not exists (select from pg_roles s where s.rolname = session_user and s.rolsuper)))`;

export const isUserSchema = "nspname !~ '^pg_' and nspname <> 'information_schema'";

/** A grant to us, to a role that we can become, or to everybody. */
export const toUs = "(a.grantee = 0 or a.grantee in (select oid from me))";
export const granteeName = "case a.grantee when 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(a.grantee)) end";

/**
 * Every way in which our role could change core: one row each of `who`, `may` and `what`. Catalogs only; views,
 * foreign tables and single columns count as tables do.
 */
export const waysToWrite = `with ${reachableRoles},
relations as (
  select c.oid, c.relowner, c.relacl, format('%s %I.%I', case c.relkind when 'S' then 'sequence' when 'v' then 'view'
    when 'm' then 'materialized view' else 'table' end, nspname, c.relname) as what
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.oid >= ${FIRST_OF_USERS} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and ${isUserSchema}),
ways (who, may, what) as (
  select quote_ident(rolname), 'is', attribute
    from me cross join unnest(array[case when rolsuper then 'superuser' end, case when rolbypassrls then 'bypassrls' end,
      case when rolcreatedb then 'createdb' end, case when rolcreaterole then 'createrole' end,
      case when rolreplication then 'replication' end]) as attribute
    where attribute is not null
  union all
  select quote_ident(session_user), 'is a member of', rolname
    from me where rolname ~ '^pg_' and rolname not in (${harmless}) and rolname <> session_user
  union all
  select quote_ident(pg_get_userbyid(relowner)), 'owns', what from relations where relowner in (select oid from me)
  union all
  select ${granteeName}, a.privilege_type || ' on', what from relations cross join aclexplode(relacl) as a
    where a.privilege_type <> 'SELECT' and ${toUs} and a.grantee <> relowner
  union all
  select ${granteeName}, a.privilege_type || ' on', format('column %I of %s', attname, what)
    from relations join pg_attribute on attrelid >= ${FIRST_OF_USERS} and attrelid = relations.oid and not attisdropped
    cross join aclexplode(attacl) as a
    where attacl is not null and a.privilege_type <> 'SELECT' and ${toUs}
  union all
  select quote_ident(pg_get_userbyid(nspowner)), 'owns', format('schema %I', nspname)
    from pg_namespace where ${isUserSchema} and nspowner in (select oid from me)
  union all
  select ${granteeName}, 'CREATE on', format('schema %I', nspname)
    from pg_namespace cross join aclexplode(nspacl) as a
    where ${isUserSchema} and a.privilege_type = 'CREATE' and ${toUs} and a.grantee <> nspowner
  union all
  select quote_ident(pg_get_userbyid(datdba)), 'owns', 'the database'
    from pg_database where datname = current_database() and datdba in (select oid from me)
  union all
  select ${granteeName}, 'CREATE on', 'the database'
    from pg_database cross join aclexplode(datacl) as a
    where datname = current_database() and a.privilege_type = 'CREATE' and ${toUs} and a.grantee <> datdba)`;

/**
 * Asked of every new connection before it carries its first statement: after a failover, or a grant made since, a
 * core that we could write is not used at all. Cannot be asked = not used either.
 */
export const connectionCheck: ConnectionCheck = {
  sql: `${waysToWrite} select exists (select from ways) as can_write`,
  refusal: ([row], failure) => {
    if (failure) return new StoreError("core", "lost", { cause: failure });
    return row?.can_write === false ? undefined : new StoreError("core", "writable_core");
  },
};
