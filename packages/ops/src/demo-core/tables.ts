/**
 * The demo core's tables: those of the contract with the columns that a real core has beside ours, and others around
 * them. All of that is personal, filled, and never to be read: it is what the grants are tested with.
 */
export const coreTables = `
create table if not exists public.properties (
  property_id text primary key,
  name text not null,
  time_zone text not null,
  city text not null,
  currency text not null,
  manager_name text,
  manager_phone text
);
create table if not exists public.rooms (
  room_id text primary key,
  property_id text not null references public.properties,
  name text not null,
  room_type text not null,
  base_price numeric(12, 2) not null,
  door_code text
);
create index if not exists rooms_by_branch on public.rooms (property_id);
create table if not exists public.guests (
  guest_id text primary key,
  first_name text,
  last_name text,
  email text,
  phone text,
  nationality text,
  born_on date,
  notes text
);
create table if not exists public.guest_documents (
  document_id text primary key,
  guest_id text not null references public.guests,
  kind text not null,
  number text not null,
  country text not null,
  expires_on date
);
create table if not exists public.bookings (
  booking_id text not null,
  row_room_id text,
  property_id text not null references public.properties,
  room_id text references public.rooms,
  guest_id text not null references public.guests,
  first_name text,
  last_name text,
  email text,
  phone text,
  nationality text,
  document_number text,
  guest_notes text,
  check_in date not null,
  check_out date not null,
  status text,
  unique nulls not distinct (booking_id, row_room_id)
);
create index if not exists bookings_by_check_in on public.bookings (property_id, check_in);
create index if not exists bookings_by_check_out on public.bookings (property_id, check_out);
create index if not exists bookings_by_room on public.bookings (room_id, check_in);
create table if not exists public.payments (
  payment_id text primary key,
  booking_id text not null,
  card_holder text,
  card_number text,
  amount numeric(12, 2) not null,
  currency text not null
);
create table if not exists public.staff_notes (
  note_id text primary key,
  booking_id text not null,
  author text not null,
  text text not null
);
create table if not exists public.room_offers_daily (
  property_id text not null references public.properties,
  room_id text not null references public.rooms,
  date date not null,
  available integer not null,
  price numeric(12, 2) not null,
  currency text not null,
  internal_cost numeric(12, 2),
  primary key (room_id, date)
);
create index if not exists room_offers_by_branch on public.room_offers_daily (property_id, date);
create table if not exists public.reception_notifications (
  notification_id text primary key,
  property_id text not null references public.properties,
  booking_id text,
  kind text not null,
  created_at timestamptz not null,
  message text
);
create index if not exists reception_notifications_by_branch on public.reception_notifications (property_id, created_at);
create table if not exists public.demo_core (edition integer not null, today date not null);
`;

/** Filled anew together, in an order that the references allow. */
export const filledTables = [
  "properties",
  "rooms",
  "guests",
  "guest_documents",
  "bookings",
  "payments",
  "staff_notes",
  "room_offers_daily",
  "reception_notifications",
] as const;

export type FilledTable = (typeof filledTables)[number];
