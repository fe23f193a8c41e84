-- A photograph of an act that does not belong to its contact may be taken away; emergency access reads only, here as everywhere (0024).
set role owner;
do $$ declare t text; begin
  foreach t in array array['contact_file', 'contact_file_key'] loop
    execute format('create policy glass_takes_nothing on app.%I as restrictive for delete to staff_rw using (not (contact_id = any ((select app.my_glass())::uuid[])))', t);
  end loop;
end $$;
reset role;
