-- How long the bank keeps what nobody needs after a while. Fineract's names; a job reads the value, in days.
insert into configurations (name, enabled, value, description) values
  ('purge-external-events-older-than-days', true, 30, 'Days that delivered events are kept'),
  ('purge-processed-commands-older-than-days', true, 30, 'Days in which a repeated request is recognised by its idempotency key')
on conflict (name) do nothing;
create index outbox_events_occurred on outbox_events (occurred_at);
