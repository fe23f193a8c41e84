-- What later hung itself on a contact goes with it: papers and their keys, letters, rooms with their keys. A letter that waits for an answer keeps its contact.
set role owner;
alter table app.contact_file drop constraint contact_file_contact_id_fkey, add foreign key (contact_id) references app.contact on delete cascade;
alter table app.contact_file_key drop constraint contact_file_key_contact_id_fkey, add foreign key (contact_id) references app.contact on delete cascade;
alter table app.incoming_letter drop constraint incoming_letter_contact_id_fkey, add foreign key (contact_id) references app.contact on delete cascade;
reset role;
create or replace function app.shred_contact(p_id uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare g uuid;
begin
  select home_group into g from app.record_head where record = p_id;
  delete from app.key_wrap where record in (select r.id from app.contact_room r where r.contact_id = p_id);
  delete from app.key_wrap where record = p_id and kind = 'contact';
  delete from app.messenger_link where contact_id = p_id;
  delete from app.messenger_chat where contact_id = p_id;
  delete from app.message where contact_id = p_id;
  delete from app.conversation where contact_id = p_id;
  delete from app.sealed where record = p_id and kind = 'contact';
  delete from app.journal_part where record = p_id and kind = 'contact';
  delete from app.screening where record = p_id;
  delete from app.file_key where record = p_id;
  delete from app.stored_file where record = p_id;
  delete from app.unlocked_work where record = p_id;
  -- Everything else that hangs on it goes by its reference; a test asks the catalogue that it does.
  delete from app.contact where id = p_id;
  if g is not null and not exists (select from app.journal j where j.record = p_id and j.type = 'contact_erased') then
    perform app.journal_write(p_id, 'contact', g, 'contact_erased', null, gen_random_uuid(), '{}', '{}', '{}');
  end if;
end $$;
create or replace function app.may_shred(c app.contact) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select c.state = 'closed' and not c.unread and not c.in_danger and c.closed_at is not null
     and c.safe_now <> 'no' and c.urgency is distinct from 'now'
     and not exists (select from app.emergency_card e where e.record = c.id)
     and not exists (select from app.page_call p where p.record = c.id)
     and not exists (select from app.screening s where s.record = c.id and s.fact_learned is not null)
     and not exists (select from app.incoming_letter l where l.contact_id = c.id and l.state = 'waiting')
     and not exists (select from app.case_record k where k.contact_id = c.id) $$;
