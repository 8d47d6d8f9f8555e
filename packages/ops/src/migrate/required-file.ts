/**
 * The text of shared-db's required-migration.ts after a new migration. A breaking one is known from now on and not yet
 * needed, so that the code runs before it and after it; a product's own is neither.
 */
export function noteMigration(
  text: string,
  name: string,
  { isBreaking, isShared }: { isBreaking: boolean; isShared: boolean },
): string {
  if (isBreaking) {
    return text.replace(
      /(BREAKING_MIGRATIONS: readonly string\[\] = \[)([^\]]*)\]/,
      (_, head: string, list: string) => {
        const names = [...list.matchAll(/"([^"]+)"/g)].map(([, known]) => known);
        return `${head}${[...names, name].map((known) => `\n  "${known}",`).join("")}\n]`;
      },
    );
  }
  return isShared ? text.replace(/(REQUIRED_MIGRATION = ")[^"]*"/, `$1${name}"`) : text;
}
