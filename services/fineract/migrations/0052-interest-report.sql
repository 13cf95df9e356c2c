-- The interest report and the messages about it look for what was posted on a business date.
create index savings_transactions_interest on savings_transactions (submitted_on, account_id, id) where type in (3, 17);
