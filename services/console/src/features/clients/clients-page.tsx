import { Anchor, Group, Pagination, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Page } from '../../shared/api.ts';
import { EmptyState } from '../../shared/empty-state.tsx';
import { QueryStates } from '../../shared/query-states.tsx';
import { StatusBadge } from '../../shared/status-badge.tsx';
import { type Client, clientsQuery, PAGE_SIZE } from './api/clients.ts';

/** The bank's clients: search by name, page by page. The search stands in the address, so it can be shared. */
export function ClientsPage() {
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState(params.get('search') ?? '');
  const [debounced] = useDebouncedValue(search.trim(), 250);
  const page = Math.max(1, Number(params.get('page')) || 1);
  const clients = useQuery(clientsQuery(debounced, page));

  const changeSearch = (text: string) => {
    setSearch(text);
    setParams(text.trim() ? { search: text.trim() } : {}, { replace: true });
  };
  const changePage = (next: number) => {
    setParams({ ...(debounced ? { search: debounced } : {}), page: String(next) });
  };
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={2}>Clients</Title>
        <TextInput
          aria-label="Search clients by name"
          placeholder="Search by name"
          leftSection={<IconSearch size={16} />}
          value={search}
          onChange={(event) => changeSearch(event.currentTarget.value)}
          w={280}
        />
      </Group>
      <QueryStates query={clients}>
        {(data) => <ClientTable data={data} search={debounced} page={page} onPage={changePage} />}
      </QueryStates>
    </Stack>
  );
}

interface ClientTableProps {
  readonly data: Page<Client>;
  readonly search: string;
  readonly page: number;
  readonly onPage: (page: number) => void;
}

function ClientTable({ data, search, page, onPage }: ClientTableProps) {
  if (data.pageItems.length === 0) {
    return search ? (
      <EmptyState title={`No client matches “${search}”`} hint="Try a part of the name." />
    ) : (
      <EmptyState
        title="There are no clients yet"
        hint="Create the first one through the API, or import them."
      />
    );
  }
  return (
    <>
      <Table.ScrollContainer minWidth={600}>
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Account number</Table.Th>
              <Table.Th>Office</Table.Th>
              <Table.Th>Status</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.pageItems.map((client) => (
              <Table.Tr key={client.id}>
                <Table.Td>
                  <Anchor component={Link} to={`/clients/${client.id}`}>
                    {client.displayName}
                  </Anchor>
                </Table.Td>
                <Table.Td ff="monospace">{client.accountNo}</Table.Td>
                <Table.Td>{client.officeName}</Table.Td>
                <Table.Td>
                  <StatusBadge status={client.status} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {data.totalFilteredRecords.toLocaleString()}{' '}
          {data.totalFilteredRecords === 1 ? 'client' : 'clients'}
        </Text>
        <Pagination
          total={Math.ceil(data.totalFilteredRecords / PAGE_SIZE)}
          value={page}
          onChange={onPage}
          size="sm"
        />
      </Group>
    </>
  );
}
