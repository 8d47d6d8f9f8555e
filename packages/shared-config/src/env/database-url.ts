const schemes = ["postgres:", "postgresql:", "postgresql+asyncpg:"];

const sslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

// Options of SQLAlchemy's asyncpg dialect; postgres.js would send them to the server, which refuses them.
const asyncpgOptions = [
  "prepared_statement_cache_size",
  "prepared_statement_name_func",
  "statement_cache_size",
  "max_cached_statement_lifetime",
  "max_cacheable_statement_size",
  "command_timeout",
  "timeout",
  "async_fallback",
];

/**
 * A PostgreSQL URL in one spelling (`postgresql://`, `sslmode`), or undefined: host, user and database have to be
 * named, for the driver would silently take missing ones from the machine it runs on.
 */
export function parseDatabaseUrl(text: string): string | undefined {
  const [scheme = "", rest] = splitScheme(text);
  if (rest === undefined || !schemes.includes(scheme)) return undefined;
  const url = tryUrl(`postgresql:${rest}`);
  if (!url || !isDecodable(url)) return undefined;

  if (!url.hostname || !url.username || !/^\/[^/]+$/.test(url.pathname) || url.hash) return undefined;

  if (scheme === "postgresql+asyncpg:") {
    const ssl = url.searchParams.get("ssl");
    if (ssl !== null && !url.searchParams.has("sslmode")) url.searchParams.set("sslmode", ssl);
    for (const option of ["ssl", ...asyncpgOptions]) url.searchParams.delete(option);
  }
  const sslMode = url.searchParams.get("sslmode");
  return sslMode === null || sslModes.includes(sslMode) ? url.href : undefined;
}

/**
 * Whether two parsed URLs name the same database, as far as their text tells; what hides behind names and proxies
 * is found out by the app at start, through an advisory lock.
 */
export function isSameDatabase(one: string, other: string): boolean {
  return placeOf(one) === placeOf(other);
}

function placeOf(text: string): string {
  const url = new URL(text);
  const host = url.hostname.toLowerCase();
  const isLoopback = /^(localhost|\[::1\]|127(\.\d+){3})$/.test(host);
  return [isLoopback ? "localhost" : host, url.port || "5432", decodeURIComponent(url.pathname)].join(" ");
}

function splitScheme(text: string): [string?, string?] {
  const end = text.indexOf(":") + 1;
  return end === 0 ? [] : [text.slice(0, end).toLowerCase(), text.slice(end)];
}

function tryUrl(text: string): URL | undefined {
  return /[\s\p{Cc}]/u.test(text) || !text.startsWith("postgresql://") ? undefined : (URL.parse(text) ?? undefined);
}

// The driver decodes these parts, and would throw at the first connection.
function isDecodable(url: URL): boolean {
  try {
    for (const part of [url.username, url.password, url.pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
