export type ClerkMode = "test" | "live";

/** The host of the Clerk instance inside a publishable key; undefined for anything else. Its issuer is `https://<host>`. */
export function clerkInstanceOf(publishableKey: string): string | undefined {
  const encoded = /^pk_(?:test|live)_([A-Za-z0-9+/_-]+={0,2})$/.exec(publishableKey)?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, "base64").toString("utf8").toLowerCase();
  return /^((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})\$$/.exec(decoded)?.[1];
}

/** `sacred-mayfly-55` → `sacred-mayfly-55.clerk.accounts.dev`; a custom domain (production) stays as it is. */
export function clerkHost(instance: string): string {
  return instance.includes(".") ? instance.toLowerCase() : `${instance.toLowerCase()}.clerk.accounts.dev`;
}

/** The publishable key of an instance: it is public, and nothing but the instance's name in another spelling. */
export function publishableKeyOf(instance: string): string {
  const host = clerkHost(instance);
  const mode: ClerkMode = host.endsWith(".clerk.accounts.dev") ? "test" : "live";
  return `pk_${mode}_${Buffer.from(`${host}$`).toString("base64")}`;
}

/** Whether a publishable or secret key is one for tests or a live one. */
export function clerkModeOf(key: string): ClerkMode | undefined {
  return /^[ps]k_(test|live)_/.exec(key)?.[1] as ClerkMode | undefined;
}

/** Clerk's own list of where development instances live; a production one has a domain of its owner. */
const developmentHosts = [".accounts.dev", ".accountsstage.dev", ".lcl.dev", ".lclstage.dev", ".lclclerk.com"];

/** Whether a host is a development instance's, whatever the key around it says. */
export function isDevelopmentHost(host: string): boolean {
  return developmentHosts.some((suffix) => host.endsWith(suffix));
}
