/** The newest migration that this code needs: the API does not serve from a database that lacks it. */
export const REQUIRED_MIGRATION = "20261121_0932-create_audit_logs";
