import { verifyWebhook } from "@clerk/backend/webhooks";
import { AppError } from "../../http/app-error.ts";

export type Delivery = Readonly<{
  /** The sender's id of the message, the same in each attempt to deliver it. */
  id: string;
  /** The JSON that was signed. */
  message: unknown;
}>;

const headers = ["svix-id", "svix-timestamp", "svix-signature"] as const;

/**
 * What was signed with one of our secrets within five minutes of now; anything else is refused, and why is not said.
 * While a secret is rotated two of them are good.
 */
export async function verifySignature(
  headerOf: (name: string) => string | undefined,
  body: string,
  secrets: readonly string[],
): Promise<Delivery> {
  const signed = headers.map((name) => [name, headerOf(name) ?? ""] as [string, string]);
  const id = headerOf("svix-id") ?? "";
  if (!/^[\x21-\x7e]{1,255}$/.test(id)) throw refused();
  for (const signingSecret of secrets) {
    const request = new Request("http://webhook.invalid", { method: "POST", headers: signed, body });
    // It throws for whatever is wrong, a secret that is none included.
    const event = await verifyWebhook(request, { signingSecret }).catch(() => undefined);
    if (event) return { id, message: event };
  }
  throw refused();
}

function refused(): AppError {
  return new AppError("unauthenticated", "The signature is not valid", { headers: { "WWW-Authenticate": "Svix" } });
}
