/** A route as it is registered: `GET`, `/api/v1/properties/:id`. */
export type Route = Readonly<{ method: string; path: string }>;
