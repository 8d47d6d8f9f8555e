import { createHmac, randomBytes, randomUUID } from "node:crypto";

export const newSecret = () => `whsec_${randomBytes(24).toString("base64")}`;

type Signing = Readonly<{ secret: string; id?: string; at?: number }>;

/** Headers and body of a delivery, as Clerk's sender makes them; `at` is in seconds. */
export function signed(message: unknown, { secret, id = `msg_${randomUUID()}`, at = Date.now() / 1000 }: Signing) {
  const body = typeof message === "string" ? message : JSON.stringify(message);
  const timestamp = String(Math.floor(at));
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const mac = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "svix-id": id,
    "svix-timestamp": timestamp,
    "svix-signature": `v1,${mac}`,
  };
  return { method: "POST", headers, body };
}

type Seen = Readonly<{
  updated_at?: number;
  email?: string | null;
  is_verified?: boolean;
  type?: "created" | "updated";
}>;

/** Clerk's message of a user, with more in it than we take. */
export function userMessage(
  id: string,
  { updated_at = 1_000, email = null, is_verified = true, type = "updated" }: Seen,
) {
  const status = is_verified ? "verified" : "unverified";
  return {
    object: "event",
    type: `user.${type}`,
    data: {
      object: "user",
      id,
      first_name: "Canary",
      last_name: "Lovelace",
      primary_email_address_id: email === null ? null : "idn_1",
      email_addresses: [
        { id: "idn_0", email_address: "other@example.test", verification: { status: "verified" } },
        ...(email === null ? [] : [{ id: "idn_1", email_address: email, verification: { status } }]),
      ],
      phone_numbers: [{ id: "idn_2", phone_number: "+66812345678" }],
      created_at: 1,
      updated_at,
    },
  };
}

export const deletion = (id: string) => ({
  object: "event",
  type: "user.deleted",
  data: { object: "user", id, deleted: true },
});
