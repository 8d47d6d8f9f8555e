/** The newest migration that this code needs: the API does not serve from a database that lacks it. */
export const REQUIRED_MIGRATION = "20261121_0934-create_front_desk";

/**
 * The migrations marked `-- breaking` that this code was written for, before or after which it runs. A database with
 * any other is too new for it. A test holds this list to the migrations folders.
 */
export const BREAKING_MIGRATIONS: readonly string[] = [];
