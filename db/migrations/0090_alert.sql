-- Many reports about one place, handle or offer. What a text names is reduced to keys by rules inside unlocked sessions, and each key stored as an HMAC under a key that
-- follows from the team's story key: the table alone says neither what was named nor, without that key, whether a guessed name was.
set role owner;
create table app.place_mark (
  contact_id uuid not null references app.contact on delete cascade, mac bytea not null, home_group uuid not null, day date not null,
  primary key (contact_id, mac), check (octet_length(mac) = 16)
);
-- One alert for one key while it is open; `contact_id` is the contact that raised it. Why it was put aside is one of a few codes.
create table app.place_alert (
  id uuid primary key, contact_id uuid not null references app.contact on delete cascade, home_group uuid not null, mac bytea not null, raised_on date not null,
  done_on date, done_by uuid references app.account, why text check (why in ('acted', 'known', 'harmless', 'spam')),
  check ((done_on is null) = (why is null)), check (octet_length(mac) = 16)
);
reset role;
call app_meta.hang_on_record('place_mark', 'contact_id');
call app_meta.hang_on_record('place_alert', 'contact_id');
set role owner;
create index on app.place_mark (home_group, mac, day);
create index on app.place_alert (home_group, mac);
create index on app.place_alert (contact_id);
reset role;
