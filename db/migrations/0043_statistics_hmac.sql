-- Named as what it is: the closed lists of columns know an HMAC by its name.
set role owner;
alter table app.statistics_row rename column case_key to case_hmac;
reset role;
