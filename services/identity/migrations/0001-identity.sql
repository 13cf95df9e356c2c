-- Users of the realm. The realm file gives them once; afterwards this table is the truth.
create table users (
  id uuid primary key,
  username text not null unique check (username = lower(username)),
  email text,
  first_name text,
  last_name text,
  enabled boolean not null,
  email_verified boolean not null,
  attributes jsonb not null,
  realm_roles text[] not null,
  client_roles jsonb not null,
  required_actions text[] not null,
  service_account_client_id text unique,
  password_hash text,
  created_at timestamptz not null
);

-- Guesses against a sign-in name. The name itself is not kept: people type passwords into the wrong box.
create table login_failures (
  subject_hash text primary key,
  failures integer not null check (failures >= 0),
  last_failure_at timestamptz not null,
  locked_until timestamptz
);
create index login_failures_last on login_failures (last_failure_at);

-- Sessions, codes, refresh tokens and what else the protocol library must remember.
create table oidc_records (
  model text not null,
  id text not null,
  payload jsonb not null,
  grant_id text,
  uid text,
  consumed_at timestamptz,
  expires_at timestamptz not null,
  primary key (model, id)
);
create index oidc_records_grant on oidc_records (grant_id) where grant_id is not null;
create index oidc_records_uid on oidc_records (model, uid) where uid is not null;
create index oidc_records_expiry on oidc_records (expires_at);

-- Token signing keys (newest signs, older ones still verify) and the keys of the sign-in cookies.
create table signing_keys (
  kid text primary key,
  private_jwk jsonb not null,
  created_at timestamptz not null
);
create table secrets (
  name text primary key,
  value text not null
);
