import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";

// PostgreSQL's own defaults, so that both ways of setting a password store the same thing.
const iterations = 4096;

/**
 * What PostgreSQL stores for a password (SCRAM-SHA-256). Sending this instead of the password keeps the password
 * out of the server's log, which may hold every DDL statement.
 */
export function scramVerifier(password: string, salt = randomBytes(16), rounds = iterations): string {
  // SASLprep changes nothing in printable ASCII, which is all that the callers let through.
  const salted = pbkdf2Sync(password, salt, rounds, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest("base64");
  const serverKey = createHmac("sha256", salted).update("Server Key").digest("base64");
  return `SCRAM-SHA-256$${rounds}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}

/** Whether a stored verifier is that of this password: then there is nothing to change. */
export function isVerifierOf(verifier: string | null, password: string): boolean {
  const [, rounds, salt] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$/.exec(verifier ?? "") ?? [];
  if (!verifier || !rounds || !salt) return false;
  const expected = scramVerifier(password, Buffer.from(salt, "base64"), Number(rounds));
  return expected.length === verifier.length && timingSafeEqual(Buffer.from(expected), Buffer.from(verifier));
}
