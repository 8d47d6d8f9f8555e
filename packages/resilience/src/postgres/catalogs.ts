/**
 * PostgreSQL's FirstUnpinnedObjectId: whatever a user makes has an id from here on, even before the server's first start,
 * and the catalogs' own thousands need not be read for it.
 */
export const FIRST_OF_USERS = 12_000;
