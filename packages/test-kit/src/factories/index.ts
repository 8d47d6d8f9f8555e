export { createAuditLog } from "./audit-logs.ts";
export { createAmenity, createPolicy } from "./dictionaries.ts";
export { createListing, translateListing } from "./listings.ts";
export { assignBranch, createAgent, createUser } from "./users.ts";
