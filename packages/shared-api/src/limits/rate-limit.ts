/** What an answer says of a limit; the names are the policies' on the wire. */
export type RateLimit = Readonly<{ policy: string; standing: string }>;
