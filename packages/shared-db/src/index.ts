export { type Database, type DatabaseHealth, type DatabaseOptions, type Db, openDatabase } from "./database.ts";
