import { Anchor, Breadcrumbs, Card, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { EmptyState } from '../../shared/empty-state.tsx';
import { formatAmount, formatDate } from '../../shared/format.ts';
import { QueryStates } from '../../shared/query-states.tsx';
import { StatusBadge } from '../../shared/status-badge.tsx';
import { type Client, type ClientSavingsAccount, clientAccountsQuery, clientQuery } from './api/clients.ts';

/** One client: who they are, and their accounts. */
export function ClientPage() {
  const { clientId = '' } = useParams();
  const client = useQuery(clientQuery(clientId));
  const accounts = useQuery(clientAccountsQuery(clientId));
  return (
    <QueryStates query={client}>
      {(data) => (
        <Stack>
          <Breadcrumbs>
            <Anchor component={Link} to="/clients">
              Clients
            </Anchor>
            <Text>{data.displayName}</Text>
          </Breadcrumbs>
          <Group>
            <Title order={2}>{data.displayName}</Title>
            <StatusBadge status={data.status} />
          </Group>
          <Details client={data} />
          <Title order={3}>Savings accounts</Title>
          <QueryStates query={accounts}>
            {({ savingsAccounts = [] }) => <Accounts accounts={savingsAccounts} />}
          </QueryStates>
        </Stack>
      )}
    </QueryStates>
  );
}

function Details({ client }: { readonly client: Client }) {
  const rows: [label: string, value: string][] = [
    ['Account number', client.accountNo],
    ['Office', client.officeName],
    ['Active since', formatDate(client.activationDate)],
    ['Date of birth', formatDate(client.dateOfBirth)],
    ['Mobile', client.mobileNo ?? '—'],
    ['E-mail', client.emailAddress ?? '—'],
    ['External id', client.externalId ?? '—'],
  ];
  return (
    <Card withBorder>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        {rows.map(([label, value]) => (
          <div key={label}>
            <Text size="xs" c="dimmed">
              {label}
            </Text>
            <Text>{value}</Text>
          </div>
        ))}
      </SimpleGrid>
    </Card>
  );
}

function Accounts({ accounts }: { readonly accounts: readonly ClientSavingsAccount[] }) {
  if (accounts.length === 0) {
    return (
      <EmptyState title="No savings accounts" hint="Accounts that are opened for this client appear here." />
    );
  }
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Account</Table.Th>
          <Table.Th>Product</Table.Th>
          <Table.Th>Status</Table.Th>
          <Table.Th ta="right">Balance</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {accounts.map((account) => (
          <Table.Tr key={account.id}>
            <Table.Td>
              <Anchor component={Link} to={`/savings/${account.id}`} ff="monospace">
                {account.accountNo}
              </Anchor>
            </Table.Td>
            <Table.Td>{account.productName}</Table.Td>
            <Table.Td>
              <StatusBadge status={account.status} />
            </Table.Td>
            <Table.Td ta="right">{formatAmount(account.accountBalance, account.currency)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
