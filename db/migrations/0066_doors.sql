-- More doors: help chat and concern report on the public site, and messengers.
set role owner;
alter table app.contact drop constraint contact_channel_check;
alter table app.contact add constraint contact_channel_check check (channel in ('report', 'chat', 'concern', 'walk_in', 'call', 'letter', 'telegram', 'vk'));
reset role;
