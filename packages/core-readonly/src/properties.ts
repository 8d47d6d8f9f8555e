import { type Select, selectFrom } from "./select.ts";

/** A branch: core calls its branches properties. */
export type Branch = Readonly<{
  property_id: string;
  name: string | null;
  /** IANA, as core has it: nobody has checked it. */
  time_zone: string | null;
  city: string | null;
}>;

const branches = `${selectFrom("properties")} order by name, property_id`;
const branchById = `${selectFrom("properties")} and property_id::text = $2`;

export function listBranches(select: Select): Promise<Branch[]> {
  return select<Branch>(branches);
}

export async function findBranch(select: Select, property_id: string): Promise<Branch | undefined> {
  const [branch] = await select<Branch>(branchById, property_id);
  return branch;
}
