import { asSuperuser } from "../../copy-database.ts";

/** Two parts of one name, which nobody else has and no text holds by chance. */
export type Name = Readonly<{ first: string; last: string }>;

/** Whom an answer may show: the guests of these branches of core. */
const byBranch: Readonly<Record<string, string>> = {
  "BKK-01": "Zwyntharpe",
  "LIS-01": "Vlorquistane",
  "NYC-01": "Ghrendulfow",
};

/** The same in every branch: what one may see there, one may see anywhere. */
const everywhere: readonly Name[] = [
  { first: "Žofrënkala", last: "Vřešťálíková" },
  { first: "Цвылбрена", last: "Жгуфтарова" },
  { first: "ฆฤษฎิ์บรีนา", last: "ฌญาณฑัฒโสภณ" },
  { first: "زغلبريان", last: "القنطهوفي" },
  { first: "Ξυλβρενώ", last: "Ζγουφταράκη" },
];
const latin = (branch: string): Name => ({ first: "Quillonbrea", last: byBranch[branch] ?? "" });

/** Contacts and papers, of a form that the guard knows. None is ever shown to anybody. */
export const contacts = {
  email: "qx7.canary@guests.example.org",
  phone: "+44 7700 900917",
  document: "X44719207",
  card: "4000 0566 5566 5556",
} as const;

/** Words out of core's other columns. */
const marks = {
  notes: "canarynotezyx",
  staffNote: "canarystaffzyx",
  message: "canarymessagezyx",
  nationality: "CANARYLANDIA",
  doorCode: "canarydoorzyx",
  manager: "Malvolixa Canarymanager",
} as const;

/** Names of guests, in every script, and of the branch's own. */
export const namesOf = (branch: string): readonly Name[] => [latin(branch), ...everywhere];
export const allNames: readonly string[] = [...Object.keys(byBranch).map(latin), ...everywhere].flatMap(
  ({ first, last }) => [first, last],
);

/** What nobody at all may be shown. */
export const neverShown: readonly string[] = [...Object.values(contacts), ...Object.values(marks)];

/** Names of guests that only other branches have. */
export const namesElsewhere = (branches: readonly string[]): readonly string[] =>
  Object.keys(byBranch)
    .filter((branch) => !branches.includes(branch))
    .map((branch) => latin(branch).last);

/** Fills every personal column of a core of the test's own, those that we read and those that we do not. */
export async function plantGuests(ownerUrl: string): Promise<void> {
  const names = Object.keys(byBranch).flatMap((property_id) =>
    namesOf(property_id).map(({ first, last }, place) => ({ property_id, place, first, last })),
  );
  const { email, phone, document, card } = contacts;
  await asSuperuser(ownerUrl, async (sql) => {
    await sql`
      update bookings b set first_name = n.first, last_name = n.last, email = ${email}, phone = ${phone},
        document_number = ${document}, guest_notes = ${marks.notes}, nationality = ${marks.nationality}
      from jsonb_to_recordset(${sql.json(names)}) as n (property_id text, place integer, first text, last text)
      where n.property_id = b.property_id and n.place = abs(hashtext(b.booking_id)) % ${everywhere.length + 1}`;
    await sql`
      update guests set first_name = ${latin("BKK-01").first}, last_name = ${latin("BKK-01").last}, email = ${email},
        phone = ${phone}, notes = ${marks.notes}, nationality = ${marks.nationality}`;
    await sql`update guest_documents set number = ${document}, country = ${marks.nationality}`;
    await sql`update payments set card_holder = ${latin("BKK-01").last}, card_number = ${card}`;
    await sql`update staff_notes set text = ${marks.staffNote}`;
    await sql`update reception_notifications set message = ${marks.message}`;
    await sql`update rooms set door_code = ${marks.doorCode}`;
    await sql`update properties set manager_name = ${marks.manager}, manager_phone = ${phone}`;
  });
}
