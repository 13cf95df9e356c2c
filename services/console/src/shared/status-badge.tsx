import { Badge } from '@mantine/core';
import type { EnumOption } from './api.ts';

const COLORS: Readonly<Record<string, string>> = {
  Active: 'teal',
  Pending: 'yellow',
  Approved: 'blue',
  'Submitted and pending approval': 'yellow',
  Closed: 'gray',
  Rejected: 'red',
};

export function StatusBadge({ status }: { readonly status: EnumOption }) {
  return (
    <Badge variant="light" color={COLORS[status.value] ?? 'gray'}>
      {status.value}
    </Badge>
  );
}
