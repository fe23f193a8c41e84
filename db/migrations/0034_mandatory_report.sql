-- Reports to authorities. A fact of abuse or exploitation opens a decision with a clock; the decision names who is to be told; every letter is followed to its answer.
-- What happened is sealed with the case's story key, decisions and numbers with its summary key; plain are the stamps and days that clocks run by, and codes.
-- The id of a decision is that of its fact (here, or in a screening): a fact without a row in report_decision is an open decision, so none can be lost.
-- `life` of a decision is what it answered: danger to life that is learned later asks anew.
set role owner;
create table app.report_fact (
  id uuid primary key, case_id uuid not null references app.case_record, home_group uuid not null,
  learned timestamptz not null, life boolean not null, sealed bytea not null
);
create table app.report_decision (
  id uuid primary key, case_id uuid not null references app.case_record, home_group uuid not null,
  answer text not null check (answer in ('now', 'later', 'no')), life boolean not null, until date, version integer not null default 1, sealed bytea not null,
  check ((answer = 'later') = (until is not null))
);
create table app.report_letter (
  id uuid primary key, case_id uuid not null references app.case_record, home_group uuid not null, fact_id uuid not null,
  recipient text not null check (recipient ~ '^[a-z][a-z_]{1,39}$'), state text not null check (state in ('draft', 'sent', 'registered', 'answered', 'stopped')),
  send_due date not null, sent date, answer_due date, version integer not null default 1, sealed bytea not null, words bytea,
  check (state <> 'sent' and state <> 'registered' or answer_due is not null)
);
reset role;
call app_meta.hang_on_record('report_fact', 'case_id');
call app_meta.hang_on_record('report_decision', 'case_id');
call app_meta.hang_on_record('report_letter', 'case_id');
set role owner;
create index on app.report_fact (case_id);
create index on app.report_fact (home_group, learned);
create index on app.report_decision (case_id);
create index on app.report_decision (home_group, until) where answer = 'later';
create index on app.report_letter (case_id);
create index on app.report_letter (home_group, send_due, id) where state = 'draft';
create index on app.report_letter (home_group, answer_due, id) where state in ('sent', 'registered');
create index on app.report_letter (home_group, id);
-- Emergency access reads only (0024).
do $$ declare t text; begin
  foreach t in array array['report_fact', 'report_decision', 'report_letter'] loop
    execute format('create policy glass_adds_nothing on app.%I as restrictive for insert to staff_rw with check (not (case_id = any ((select app.my_glass())::uuid[])))', t);
    execute format('create policy glass_reads_only on app.%I as restrictive for update to staff_rw using (not (case_id = any ((select app.my_glass())::uuid[])))', t);
  end loop;
end $$;
reset role;
