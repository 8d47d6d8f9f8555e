import { createPublicKey } from "node:crypto";
import { isIP } from "node:net";
import { z } from "zod";

/**
 * A variable's type: `parse` answers undefined for text that is none, and `expectation` is then all that is said,
 * never the text itself.
 */
export function parsed<T>(expectation: string, parse: (text: string) => T | undefined) {
  return z.string({ error: "is required" }).transform((text, ctx): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    ctx.addIssue(expectation);
    return z.NEVER;
  });
}

export const oneOf = <const T extends string>(options: readonly T[]) =>
  parsed(`must be one of ${options.join(", ")}`, (text) => options.find((option) => option === text));

export const text = () => parsed("must be text", (value) => value);

export const matching = (pattern: RegExp, expectation: string) =>
  parsed(expectation, (text) => (pattern.test(text) ? text : undefined));

export const integer = (min: number, max: number) =>
  parsed(`must be a whole number from ${min} to ${max}`, (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return number >= min && number <= max ? number : undefined;
  });

const booleans = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

export const boolean = () => parsed("must be true, false, 1 or 0", (text) => booleans.get(text));

/** Comma-separated; blank entries are dropped, and a list of nothing else is refused. */
export const listOf = (expectation: string, parseEntry: (entry: string) => string | undefined) =>
  parsed(expectation, (text) => {
    const entries = text.split(",").map((entry) => entry.trim());
    const values = entries.filter(Boolean).map(parseEntry);
    const valid = values.filter((value) => value !== undefined);
    return valid.length > 0 && valid.length === values.length ? [...new Set(valid)] : undefined;
  });

/** Core's branches: `*` stands alone, for all of them. */
export function parseBranches(text: string): "*" | readonly string[] | undefined {
  if (text === "*") return text;
  const ids = text
    .split(",")
    .map((id) => id.trim())
    .filter(Boolean);
  return ids.length > 0 && ids.every((id) => /^[^\s*]{1,64}$/.test(id)) ? [...new Set(ids)] : undefined;
}

export function parseEmail(text: string): string | undefined {
  return z.email().safeParse(text.toLowerCase()).data;
}

/** An origin as browsers send it: scheme and host, a trailing slash forgiven. */
export function parseOrigin(text: string): string | undefined {
  const url = parseHttpUrl(text);
  return url && url.pathname === "/" && !url.search ? url.origin : undefined;
}

export function parseBaseUrl(text: string): string | undefined {
  return parseHttpUrl(text)?.href.replace(/\/+$/, "");
}

function parseHttpUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:\/\//i.test(text)) return undefined;
  return url.username || url.password || url.hash ? undefined : url;
}

/** `name=value,name=value`, values percent-encoded, as the OpenTelemetry documents write it. */
export function parseHeaders(text: string): Readonly<Record<string, string>> | undefined {
  const entries = text.split(",").map((entry) => /^\s*([\w-]+)\s*=\s*([\x21-\x7e]*)\s*$/.exec(entry)?.slice(1));
  try {
    return Object.fromEntries(entries.map((entry) => [entry?.[0], valueOfHeader(entry?.[1])]));
  } catch {
    return undefined;
  }
}

function valueOfHeader(text = "%"): string {
  const value = decodeURIComponent(text);
  if (!/^[\x20-\x7e]+$/.test(value)) throw new RangeError("not the value of a header");
  return value;
}

export function parseShare(text: string): number | undefined {
  return /^(0(\.\d+)?|1(\.0+)?)$/.test(text) ? Number(text) : undefined;
}

export function parseRedisUrl(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || !/^rediss?:\/\/[^\s]+$/.test(text)) return undefined;
  return url.hostname && /^\/?\d{0,3}$/.test(url.pathname) && !url.hash ? url.href : undefined;
}

export function parseNetwork(text: string): string | undefined {
  const [address = "", prefix, ...rest] = text.split("/");
  const version = isIP(address);
  if (!version || rest.length > 0) return undefined;
  if (prefix === undefined) return text;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128) ? text : undefined;
}

/** An RSA public key in PEM; literal `\n`s, as one-line environments hold them, become line ends. */
export function parsePublicKey(text: string): string | undefined {
  const pem = text.replaceAll("\\n", "\n").trim();
  try {
    // createPublicKey would take a private key too, and that has no business here.
    const isPublic = pem.startsWith("-----BEGIN PUBLIC KEY-----");
    return isPublic && createPublicKey(pem).asymmetricKeyType === "rsa" ? pem : undefined;
  } catch {
    return undefined;
  }
}

/** Clerk signs with the bytes behind the prefix: of text that is no base64 every delivery would be refused, in silence. */
export function parseWebhookSecret(text: string): string | undefined {
  const encoded = /^whsec_(\S+)$/.exec(text)?.[1] ?? "";
  const isBase64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(encoded);
  return isBase64 && encoded !== "" ? text : undefined;
}

export function parseAppSecret(text: string): { keyId: string; secret: string } | undefined {
  const [, keyId, secret] = /^([A-Za-z0-9_-]{1,32}):(.{32,})$/.exec(text) ?? [];
  return keyId !== undefined && secret !== undefined ? { keyId, secret } : undefined;
}
