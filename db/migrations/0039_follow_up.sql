-- Follow-up after a case is closed: when somebody asks how the child is, what was answered, and the code by which the child answers on the public site.
set role owner;
-- The schedule. Derived from the day of closing; whether one was missed follows from its day and is written nowhere.
create table app.check_in (
  id uuid primary key, case_id uuid not null references app.case_record, home_group uuid not null, due date not null,
  state text not null check (state in ('planned', 'answered', 'recorded', 'ended')), version integer not null default 1
);
create index on app.check_in (case_id);
create index on app.check_in (home_group, due) where state = 'planned';
-- A code of words and a word of the child's own choosing. It opens nothing: what is answered goes into a sealed box to public_x, whose private half lies under the
-- case's follow-up key, so that whoever holds the words and a stolen database reads no answer.
create table app.check_in_code (
  id uuid primary key, case_id uuid not null references app.case_record, home_group uuid not null, locator bigint not null unique, salt bytea not null, kdf text not null,
  proof_hash bytea not null, duress_hash bytea, public_x bytea not null, sealed bytea not null, made_day date not null, until_day date not null, ended_day date,
  fails integer not null default 0, next_try timestamptz not null default '-infinity'
);
create index on app.check_in_code (case_id);
create table app.check_in_answer (
  id uuid primary key, case_id uuid not null references app.case_record, home_group uuid not null, check_in uuid references app.check_in, code_id uuid references app.check_in_code,
  day date not null, help boolean not null, unread boolean not null,
  sealed bytea,                               -- written down by staff, under the case's follow-up key
  boxed bytea,                                -- by the child: a sealed box to the code's public_x
  check ((sealed is null) = (code_id is not null) and (boxed is null) = (code_id is null))
);
create index on app.check_in_answer (case_id);
create index on app.check_in_answer (home_group, day) where unread;
reset role;
call app_meta.hang_on_record('check_in', 'case_id');
call app_meta.hang_on_record('check_in_code', 'case_id');
call app_meta.hang_on_record('check_in_answer', 'case_id');
