import { createHmac, randomUUID } from "node:crypto";
import type { Input } from "./build-request.ts";

/** What Clerk would send, signed as Clerk signs. */
export function signedEvent(event: object, secret = webhookSecret): Input {
  const body = JSON.stringify(event);
  const [id, at] = [`msg_${randomUUID()}`, String(Math.floor(Date.now() / 1000))];
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  return { body, headers: { "svix-id": id, "svix-timestamp": at, "svix-signature": `v1,${signature}` } };
}

/** Of the tests only: it opens nothing. */
export const webhookSecret = `whsec_${Buffer.from("the suites sign with this one, ok").toString("base64")}`;
