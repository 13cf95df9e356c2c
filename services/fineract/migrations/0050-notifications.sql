-- Messages to customers, one row per cause and channel.

create table notifications (
  id                  bigint generated always as identity primary key,
  -- Names the message to mail servers and readers; the same at every attempt.
  uid                 uuid not null default gen_random_uuid(),
  channel             text not null check (channel in ('email', 'sms')),
  template            text not null,
  client_id           bigint not null references clients,
  -- What the template says; the address is read from the client when the message goes out.
  data                jsonb not null,
  -- What the message is about (`interest:17:email`): a job that runs again finds it taken.
  cause_key           text not null constraint notification_cause_unique unique,
  -- sending: an instance has it in hand. uncertain: nobody knows whether the provider took it; only an operator sends it again.
  status              text not null default 'pending'
                      check (status in ('pending', 'sending', 'sent', 'failed', 'uncertain')),
  attempts            integer not null default 0,
  next_attempt_at     timestamptz not null default now(),
  -- The worker that has it in hand, by its name among the batch instances.
  claimed_by          text,
  provider_message_id text,
  error_message       text,
  created_at          timestamptz not null default now(),
  -- By then a message has lost its meaning, and a provider that is still away is not coming back.
  give_up_at          timestamptz not null default now() + interval '72 hours',
  sent_at             timestamptz,
  check ((status = 'sent') = (sent_at is not null))
);
create index notifications_due on notifications (channel, next_attempt_at, id) where status = 'pending';
create index notifications_sending on notifications (claimed_by) where status = 'sending';
create index notifications_status on notifications (status, id);
create index notifications_client on notifications (client_id);
