import { openUncheckedCore, problemsOf, warningsOf } from "@whitelabel/core-readonly";
import type { Env, Product } from "@whitelabel/shared-config";
import {
  isSameDatabase,
  openUnchecked,
  type Pool,
  proveIdentity,
  proveRuntimeRole,
  StoreError,
  storeErrorIn,
} from "@whitelabel/shared-db";

/** What was found out about the stores. Sentences name variables and roles' rights, never a URL. */
export type Proof = Readonly<{
  /** Reasons not to start. Found later they do no harm: each connection is checked for the same before it is used. */
  refusals: readonly string[];
  /** Reasons not to start, and to end when found later: no connection's check knows of them. */
  endings: readonly string[];
  warnings: readonly string[];
  /** What else may be closed in core. It comes later: no start waits for what keeps nothing from starting. */
  moreWarnings: Promise<readonly string[]>;
  /** Stores that did not answer, so that their part is still open. */
  unproven: readonly ("database" | "core")[];
}>;

/** A process that must not run is gone within five seconds, its own start included. */
const LIMIT_MS = 3_000;

/** A proof asks over connections of its own, one to each store: to open one is what takes longest. */
export type BegunProof = Readonly<{ ours: Pool; theirs: Pool | undefined; parts: readonly Promise<Part>[] }>;

/**
 * Calls the stores before anything of ours is made that could use them, so that they answer meanwhile. The proof is what
 * `proveStores` says.
 */
export function beginProof(product: Product, env: Env): BegunProof {
  const [ours, theirs] = [openUnchecked(env.database.url), env.core && openUncheckedCore(env.core)];
  const parts = [
    within(proveDatabase(product, ours)),
    within(proveRole(product, env, ours)),
    // Last, what holds the one connection until the other answers: each store is judged for itself.
    ...(theirs ? [within(proveCore(theirs)), within(proveApart(ours, theirs))] : []),
  ];
  for (const part of parts) part.catch(() => {}); // whoever waits for them begins later
  return { ours, theirs, parts };
}

/**
 * Looks before anything is served whether the stores are the right ones: our own database and no other product's, a
 * role there that works on rows alone, a core that we cannot write, and two databases, not one under two names. Nothing
 * is written.
 */
export async function proveStores(
  product: Product,
  env: Env,
  { ours, theirs, parts }: BegunProof = beginProof(product, env),
): Promise<Proof> {
  const close = () => Promise.allSettled([ours.close(), theirs?.close()]);
  try {
    const proofs = await Promise.all(parts);
    const unproven = [...new Set(proofs.flatMap(({ unproven }) => unproven))];
    return {
      refusals: proofs.flatMap(({ refusals }) => refusals),
      endings: proofs.flatMap(({ endings }) => endings),
      warnings: proofs.flatMap(({ warnings }) => warnings),
      moreWarnings: (theirs && unproven.length === 0 ? warningsOfCore(theirs) : none).finally(close),
      unproven,
    };
  } catch (error) {
    void close();
    throw error;
  }
}

type Part = Omit<Proof, "moreWarnings">;

const none: Promise<readonly string[]> = Promise.resolve([]);
const proven: Part = { refusals: [], endings: [], warnings: [], unproven: [] };

async function proveDatabase(product: Product, ours: Pool): Promise<Part> {
  switch (await proveIdentity(ours, product.id)) {
    case "connected":
      return proven;
    case "wrong_database":
      return { ...proven, refusals: ["DATABASE_URL: this database belongs to another product"] };
    case "schema_behind":
      return {
        ...proven,
        warnings: [
          `DATABASE_URL: migrations are missing; nothing is served from it until \`pnpm migrate ${product.id}\` applied them`,
        ],
      };
    case "disconnected":
      return { ...proven, unproven: ["database"] };
  }
}

/** A developer's own database may have one role for everything; where others' data is, the grants have to be a wall. */
async function proveRole({ id, runtimeRole }: Product, { environment }: Env, ours: Pool): Promise<Part> {
  const rights = await proveRuntimeRole(ours);
  if (rights.length === 0) return proven;
  const sentence = `DATABASE_URL: our role ${rights.join(", ")}; the API needs one that can do nothing but read and write rows (\`pnpm provision ${id}\` makes ${runtimeRole})`;
  const isDeployed = environment === "staging" || environment === "production";
  return isDeployed ? { ...proven, endings: [sentence] } : { ...proven, warnings: [sentence] };
}

async function proveCore(theirs: Pool): Promise<Part> {
  return { ...proven, refusals: (await problemsOf(theirs)).map(ofCore) };
}

async function warningsOfCore(theirs: Pool): Promise<string[]> {
  try {
    return (await warningsOf(theirs)).map(ofCore);
  } catch (error) {
    if (!storeErrorIn(error)) throw error;
    return [ofCore("what our role can read beyond our columns could not be asked; `pnpm core:check` asks again.")];
  }
}

const ofCore = (text: string) => `CORE_DATABASE_URL_RO: ${text}`;

async function proveApart(ours: Pool, theirs: Pool): Promise<Part> {
  const isOne = await isSameDatabase(ours, theirs);
  return isOne ? { ...proven, refusals: ["CORE_DATABASE_URL_RO: this is the same database as DATABASE_URL"] } : proven;
}

/** A proof that a store did not let us finish is an open one. */
async function within(proof: Promise<Part>): Promise<Part> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreError("core", "deadline")), LIMIT_MS);
  });
  try {
    return await Promise.race([proof, late]);
  } catch (error) {
    const failure = storeErrorIn(error);
    if (!failure) throw error;
    return { ...proven, unproven: [failure.store === "core" ? "core" : "database"] };
  } finally {
    clearTimeout(timer);
  }
}
