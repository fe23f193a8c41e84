-- The register of reports shows what is open first and what is due first on top, a page at a time: one index a team that is read in that order.
set role owner;
create index report_letter_order on app.report_letter (home_group, (case when state in ('draft', 'sent', 'registered') then 0 else 1 end), (coalesce(answer_due, send_due)), id);
reset role;
