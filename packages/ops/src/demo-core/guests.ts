import { nameGroups } from "./names.ts";
import type { Random } from "./random.ts";

export type Guest = Readonly<{
  guest_id: string;
  first_name: string;
  last_name: string;
  email: string;
  phone: string;
  nationality: string;
  born_on: string;
  notes: string;
}>;

/** Domains and numbers that are reserved for examples and fiction, and reach nobody. */
const domains = ["example.com", "example.org", "example.net"];
const phones = [
  (n: number) => `+44 7700 900${String(n % 1000).padStart(3, "0")}`,
  (n: number) => `+1 202 555 01${String(n % 100).padStart(2, "0")}`,
  (n: number) => `+33 6 39 98 ${String(10 + (n % 90))} ${String(10 + ((n * 7) % 90))}`,
];
const notes = [
  "Allergic to shellfish; asked twice.",
  "Came for treatment at the clinic nearby.",
  "Do not connect calls from the former spouse.",
  "Prefers a quiet room, sleeps badly.",
  "Celebrates a sixtieth birthday.",
];

export function makeGuests(count: number, random: Random): Guest[] {
  return Array.from({ length: count }, (_, index) => {
    const group = random.pick<(typeof nameGroups)[number]>(nameGroups);
    return {
      guest_id: `G-${10_001 + index}`,
      first_name: random.pick<string>(group.given),
      last_name: random.pick<string>(group.family),
      email: `guest.${10_001 + index}@${random.pick(domains)}`,
      phone: random.pick(phones)(index),
      nationality: group.of,
      born_on: `${random.between(1940, 2004)}-0${random.between(1, 9)}-${random.between(10, 28)}`,
      notes: random.pick(notes),
    };
  });
}

/** A passport of nobody: no country issues numbers of this form. */
export const documentNumberOf = (guest: Guest) => `DEMO-${guest.guest_id.slice(2)}`;
