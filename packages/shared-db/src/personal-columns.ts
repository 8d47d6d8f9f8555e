// Words that a column for somebody's name, contact, document or note has in its name.
const personal = new RegExp(
  `(^|_)(${[
    "(first|last|middle|full|given|family|maiden|nick|display|guest|visitor|customer)_?names?",
    "surname",
    "guest_(email|phone|contact|address|document|note|comment|data|info|details|language|country)s?",
    "e_?mails?",
    "(tele)?phones?",
    "mobile",
    "fax",
    "whatsapp",
    "line_id",
    "contact(s|_.*)?",
    "(street|postal|home|billing)_address",
    "addresse?s?",
    "passports?",
    "visa",
    "(national|identity|tax|social)_(id|number|card|security).*",
    "id_(card|document|number).*",
    "ssn",
    "(driving_)?licen[cs]e_(number|plate)",
    "plates?",
    "birth(day|date|_.*)?",
    "(date|place)_of_birth",
    "dob",
    "nationality",
    "gender",
    "iban",
    "card_number",
    "signature",
    "notes?",
  ].join("|")})($|_)`,
);

/** Columns that look personal and are not a guest's, each with its reason. */
export const allowedPersonalColumns: Readonly<Record<string, string>> = {
  "users.email": "the account's own, from Clerk; staff are found by it",
  "users.display_name": "the staff's own, shown to colleagues",
  "properties.contact_info": "an office's mailbox and hours, for staff only",
  "parking_reservations.plate_hmac": "a keyed hash: staff look a plate up by it, and nobody can read one back",
};

/** Whether a column's name says that it keeps somebody's personal data, which belongs in core and nowhere else. */
export const isPersonalColumn = (column: string): boolean =>
  personal.test(column.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase());
