-- How clients end: closed, rejected or withdrawn, each with its day, who did it, and a reason of the bank's own lists.

alter table clients
  add column rejected_on  date,
  add column rejected_by  bigint references users,
  add column withdrawn_on date,
  add column withdrawn_by bigint references users,
  add constraint clients_gender_fkey foreign key (gender_code_value_id) references code_values,
  add constraint clients_closure_reason_fkey foreign key (closure_reason_id) references code_values,
  add constraint clients_rejected_check check (status <> 700 or rejected_on is not null),
  add constraint clients_withdrawn_check check (status <> 800 or withdrawn_on is not null);
