// Not the system's, and not an extension's.
const ours = (catalogue: string, oid: string, namespace: string) => `
  ${namespace} in (select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
  and not exists (
    select from pg_depend e where e.classid = '${catalogue}'::regclass and e.objid = ${oid} and e.deptype = 'e'
  )`;

const isOurRelation = ours("pg_class", "c.oid", "c.relnamespace");

// As regclass prints it: quoted where it must be, with its schema unless that is `public`.
const relation = "c.oid::regclass::text";

const relations = `
  select 'table' as kind, ${relation} as name, null as role, jsonb_build_object(
    'owner', pg_get_userbyid(relowner),
    'form', case relkind when 'p' then 'partitioned' when 'f' then 'foreign' else
      case relpersistence when 'u' then 'unlogged' else 'plain' end end,
    'row security', case when relforcerowsecurity then 'forced' when relrowsecurity then 'on' else 'off' end
  ) as is
  from pg_class c where relkind in ('r', 'p', 'f') and ${isOurRelation}
  union all
  select 'view', ${relation}, null, jsonb_build_object(
    'owner', pg_get_userbyid(relowner), 'form', case relkind when 'm' then 'materialized' else 'plain' end,
    'definition', pg_get_viewdef(c.oid)
  )
  from pg_class c where relkind in ('v', 'm') and ${isOurRelation}
  union all
  -- An identity column's sequence is part of the column.
  select 'sequence', ${relation}, null, jsonb_build_object(
    'owner', pg_get_userbyid(relowner),
    'form', format('%s from %s by %s in %s..%s', seqtypid::regtype, seqstart, seqincrement, seqmin, seqmax)
  )
  from pg_class c join pg_sequence on seqrelid = c.oid
  where ${isOurRelation}
    and not exists (select from pg_depend i where i.classid = 'pg_class'::regclass and i.objid = c.oid and i.deptype = 'i')`;

const columns = `
  select 'column', ${relation} || '.' || attname, null, jsonb_build_object(
    'type', format_type(atttypid, atttypmod),
    'nullability', case when attnotnull then 'not null' else 'null' end,
    'default', case when attgenerated = '' then coalesce(pg_get_expr(adbin, adrelid), 'none') else 'none' end,
    'identity', case attidentity when 'a' then 'always' when 'd' then 'by default' else 'none' end,
    'generated', case when attgenerated = '' then 'no' else pg_get_expr(adbin, adrelid) end,
    'collation', case when attcollation = typcollation then 'default' else attcollation::regcollation::text end
  )
  from pg_class c
  join pg_attribute a on attrelid = c.oid and attnum > 0 and not attisdropped
  join pg_type t on t.oid = atttypid
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where relkind in ('r', 'p', 'f') and ${isOurRelation}`;

// PostgreSQL 18 keeps NOT NULL as a constraint too; here it is the column's, as in 17.
const constraints = `
  select 'constraint', ${relation} || '.' || conname, null, jsonb_build_object('definition', pg_get_constraintdef(k.oid))
  from pg_constraint k join pg_class c on c.oid = conrelid
  where contype not in ('n', 't') and ${isOurRelation}
  union all
  select 'index', i.indexrelid::regclass::text, null, jsonb_build_object(
    'definition', pg_get_indexdef(i.indexrelid), 'state', case when indisvalid and indisready then 'valid' else 'invalid' end
  )
  from pg_index i join pg_class c on c.oid = i.indrelid
  where ${isOurRelation} and relkind in ('r', 'p', 'm')
    and not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u', 'x'))
  union all
  select 'trigger', ${relation} || '.' || tgname, null, jsonb_build_object(
    'definition', pg_get_triggerdef(t.oid),
    'state', case tgenabled when 'D' then 'disabled' when 'O' then 'enabled' else 'enabled for ' || tgenabled::text end
  )
  from pg_trigger t join pg_class c on c.oid = tgrelid
  where not tgisinternal and ${isOurRelation}
  union all
  select 'policy', ${relation} || '.' || polname, null, jsonb_build_object('definition',
    concat_ws(' ', polcmd::text, polpermissive::text, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)))
  from pg_policy join pg_class c on c.oid = polrelid where ${isOurRelation}`;

const others = `
  select 'function', p.oid::regprocedure::text, null, jsonb_build_object(
    'owner', pg_get_userbyid(proowner),
    'definition', case prokind when 'a' then 'an aggregate' else pg_get_functiondef(p.oid) end
  )
  from pg_proc p where ${ours("pg_proc", "p.oid", "pronamespace")}
  union all
  select 'type', t.oid::regtype::text, null, jsonb_build_object('owner', pg_get_userbyid(typowner), 'definition', case typtype
    when 'e' then (select 'enum ' || string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid)
    when 'd' then concat_ws(' ', 'domain', format_type(typbasetype, typtypmod), typdefault, (
      select string_agg(pg_get_constraintdef(oid), ' ' order by conname) from pg_constraint where contypid = t.oid))
    else typtype::text end)
  from pg_type t where typtype in ('e', 'd', 'r') and ${ours("pg_type", "t.oid", "typnamespace")}
  union all
  select 'extension', extname, null, jsonb_build_object('schema', extnamespace::regnamespace::text) from pg_extension
  where extname <> 'plpgsql'
  union all
  select 'schema', nspname, null, jsonb_build_object('owner', pg_get_userbyid(nspowner)) from pg_namespace n
  where nspname !~ '^pg_' and nspname <> 'information_schema'
    and not exists (select from pg_depend e where e.classid = 'pg_namespace'::regclass and e.objid = n.oid and e.deptype = 'e')
  union all
  select 'server', srvname, null, jsonb_build_object('definition', 'a server to reach another database') from pg_foreign_server`;

// What an owner may do with what is theirs goes without saying.
const grants = `
  select 'grant', what, role, jsonb_build_object('privileges', string_agg(privilege, ', ' order by privilege))
  from (
    select o.what, case grantee when 0 then 'PUBLIC' else pg_get_userbyid(grantee) end as role,
      lower(privilege_type) || case when is_grantable then ' with grant option' else '' end as privilege
    from (
      select ${relation} as what, relowner as owner,
        coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner)) as acl
      from pg_class c where relkind in ('r', 'p', 'f', 'v', 'm', 'S') and ${isOurRelation}
      union all
      select ${relation} || '.' || attname, relowner, attacl
      from pg_class c join pg_attribute on attrelid = c.oid where attacl is not null and ${isOurRelation}
      union all
      select p.oid::regprocedure::text, proowner, coalesce(proacl, acldefault('f', proowner))
      from pg_proc p where ${ours("pg_proc", "p.oid", "pronamespace")}
      union all
      select 'schema ' || nspname, nspowner, coalesce(nspacl, acldefault('n', nspowner)) from pg_namespace
      where nspname !~ '^pg_' and nspname <> 'information_schema'
      union all
      select 'the database', datdba, coalesce(datacl, acldefault('d', datdba))
      from pg_database where datname = current_database()
      union all
      select 'whatever is made later (' || defaclobjtype::text || ')', defaclrole, defaclacl from pg_default_acl
    ) o cross join lateral aclexplode(o.acl)
    where grantee <> o.owner
  ) rights
  group by what, role`;

const comments = `
  select 'comment', concat_ws('.', ${relation}, attname), null, jsonb_build_object('text', description)
  from pg_description join pg_class c on classoid = 'pg_class'::regclass and objoid = c.oid
  left join pg_attribute on attrelid = c.oid and attnum = objsubid and objsubid > 0
  where relkind in ('r', 'p', 'v', 'm', 'f') and ${isOurRelation}
  union all
  select 'comment', p.oid::regprocedure::text, null, jsonb_build_object('text', description)
  from pg_description join pg_proc p on classoid = 'pg_proc'::regclass and objoid = p.oid
  where ${ours("pg_proc", "p.oid", "pronamespace")}`;

export const catalogSql = `${[relations, columns, constraints, others, grants, comments].join(" union all ")} order by 1, 2, 3`;
