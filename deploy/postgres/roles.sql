-- Settings of the services' roles, once deploy/container/provision.ts has made them; safe to repeat. Run as administrator.
-- Each service has an owner (makes tables, only at its start), a request role and a worker role; none is a superuser,
-- none passes by row-level security, none inherits from another.
do $$
declare
  role record;
begin
  for role in select rolname from pg_roles where rolname ~ '^xueji_[a-z_]+_(owner|app|worker)$' loop
    execute format('alter role %I nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit', role.rolname);
    execute format('alter role %I set idle_in_transaction_session_timeout = ''30s''', role.rolname);
    if role.rolname like '%\_owner' then
      -- A schema step over a large table may take long, and must not wait for a lock while everybody waits behind it.
      execute format('alter role %I set transaction_timeout = 0', role.rolname);
      execute format('alter role %I set lock_timeout = ''5s''', role.rolname);
    else
      execute format('alter role %I set transaction_timeout = ''15s''', role.rolname);
      execute format('alter role %I set statement_timeout = ''15s''', role.rolname);
      execute format('alter role %I set lock_timeout = ''10s''', role.rolname);
    end if;
  end loop;
end $$;
