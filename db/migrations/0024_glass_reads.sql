-- Emergency access reads only: besides the record's values (0008) it writes no link, asks for no second look and gives none. Its own alert is written by app.glass_open.
set role owner;
create policy glass_adds_nothing on app.case_link as restrictive for insert to staff_rw with check (not (case_id = any ((select app.my_glass())::uuid[])));
create policy glass_reads_only on app.case_link as restrictive for update to staff_rw using (not (case_id = any ((select app.my_glass())::uuid[])));
create policy glass_adds_nothing on app.second_look as restrictive for insert to staff_rw with check (not (record = any ((select app.my_glass())::uuid[])));
create policy glass_reads_only on app.second_look as restrictive for update to staff_rw using (not (record = any ((select app.my_glass())::uuid[])));
create policy glass_takes_nothing on app.unlocked_work as restrictive for delete to staff_rw using (not (record = any ((select app.my_glass())::uuid[])));
reset role;
