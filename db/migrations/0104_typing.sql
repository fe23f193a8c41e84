-- "Somebody is writing": a flag of a moment, told to whoever looks at the conversation and written into no table. The payload is the digest of 0072 with the side that
-- writes after it, so that it is never taken for a change. A wrong proof is answered with the same nothing.
create function app.public_chat_typing(p_locator bigint, p_proof_hash bytea) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare who uuid := app.public_prove(p_locator, p_proof_hash);
begin
  if who is null then return; end if;
  perform pg_notify('contact_live', substr(encode(sha256(convert_to(who::text, 'UTF8')), 'hex'), 1, 32) || ':in');
end $$;
alter function app.public_chat_typing(bigint, bytea) owner to intake;
revoke all on function app.public_chat_typing(bigint, bytea) from public;
grant execute on function app.public_chat_typing(bigint, bytea) to public_in;
