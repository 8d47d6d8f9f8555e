/** A core of two branches for this package's tests, with a column and a table that we must never read. */
export const smallCore = `
create table public.properties (property_id text primary key, name text, time_zone text, city text);
create table public.rooms (room_id text primary key, property_id text not null, name text, room_type text);
create table public.bookings (booking_id text not null, property_id text not null, room_id text, row_room_id text,
  first_name text, last_name text, check_in date not null, check_out date not null, status text, guest_note text,
  unique nulls not distinct (booking_id, row_room_id));
create table public.room_offers_daily (property_id text, room_id text, date date, available integer,
  price numeric(12, 2), currency text);
create table public.reception_notifications (notification_id text primary key, property_id text, booking_id text,
  kind text, created_at timestamptz not null);
create table public.guests (guest_id text primary key, passport text);
create sequence public.numbers;

insert into properties values ('A', 'Alpha', 'Asia/Bangkok', 'Bangkok'), ('B', 'Beta', 'Europe/Lisbon', 'Lisbon');
insert into rooms values ('A-1', 'A', '101', 'single'), ('A-2', 'A', '102', 'double'), ('B-1', 'B', '201', 'single');
insert into bookings values
  ('past',   'A', 'A-1', null, 'Ada', 'Past',      '2026-11-10', '2026-11-20', 'checked_out', 'note'),
  ('leaves', 'A', 'A-1', null, 'Ada', 'Leaves',    '2026-11-18', '2026-11-21', 'checked_in', 'note'),
  ('comes',  'A', 'A-1', null, ' Žofie ', 'Nováková', '2026-11-21', '2026-11-24', 'confirmed', 'note'),
  ('off',    'A', 'A-2', null, 'Ada', 'Off',       '2026-11-21', '2026-11-23', 'cancelled', 'note'),
  ('odd',    'A', null,  null, null,  'Sukarno',   '2026-11-21', '2026-11-22', null, 'note'),
  ('family', 'A', 'A-2', 'r2', 'สมชาย', 'ใจดี',      '2026-11-20', '2026-11-22', 'no_show', 'note'),
  ('family', 'A', 'A-1', 'r1', 'สมชาย', 'ใจดี',      '2026-11-20', '2026-11-22', 'no_show', 'note'),
  ('late',   'A', 'A-2', null, '', null,           '2026-11-22', '2026-11-23', 'confirmed', 'note'),
  ('far',    'B', 'B-1', null, 'Ada', 'Far',       '2026-11-21', '2026-11-24', 'confirmed', 'note');
insert into room_offers_daily
  select 'A', 'A-1', day::date, 1, 1234.50, 'THB' from generate_series('2026-11-20'::date, '2026-11-23', '1 day') as day;
insert into reception_notifications values
  ('n1', 'A', 'comes', 'booking_created', '2026-11-20 09:00:00.000001+00'),
  ('n2', 'A', null, 'note', '2026-11-20 09:00:00.000002+00'),
  ('n3', 'A', 'odd', 'arrival_soon', '2026-11-20 09:00:00.000002+00'),
  ('n4', 'B', 'far', 'arrival_soon', '2026-11-20 10:00:00+00');
insert into guests values ('g1', 'X1234567');
`;
