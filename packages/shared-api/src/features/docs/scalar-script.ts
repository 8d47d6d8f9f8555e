import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

export type ScalarScript = Readonly<{ gzipped: Uint8Array<ArrayBuffer>; etag: string }>;

/** The build puts the compressed script beside the bundle; from the sources it is the package's own. */
const BESIDE_THE_BUNDLE = "scalar.js.gz";

let script: Promise<ScalarScript> | undefined;

/** Scalar's page in one script of 4 MB, compressed once and kept: nobody's browser is sent to a CDN. */
export function scalarScript(): Promise<ScalarScript> {
  script ??= load().catch((error) => {
    script = undefined;
    throw error;
  });
  return script;
}

async function load(): Promise<ScalarScript> {
  const gzipped = await readFile(new URL(BESIDE_THE_BUNDLE, import.meta.url)).catch(fromPackage);
  const etag = `"${createHash("sha256").update(gzipped).digest("base64url").slice(0, 22)}"`;
  return { gzipped: new Uint8Array(gzipped), etag };
}

async function fromPackage(): Promise<Buffer> {
  const source = new URL("browser/standalone.js", import.meta.resolve("@scalar/api-reference"));
  return await promisify(gzip)(await readFile(source));
}

export async function plain({ gzipped }: ScalarScript): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await promisify(gunzip)(gzipped));
}
