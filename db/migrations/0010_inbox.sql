-- The inbox asks for what waits; most contacts are closed and read, and need not be looked at for it.
set role owner;
create index contact_waits on app.contact (home_group) where state in ('new', 'open') or unread;
reset role;
