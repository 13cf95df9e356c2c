import { Badge, Group, Pagination, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { EmptyState } from '../../shared/empty-state.tsx';
import { type Currency, formatAmount, formatDate } from '../../shared/format.ts';
import type { SavingsTransaction } from './api/account.ts';

interface TransactionTableProps {
  readonly transactions: readonly SavingsTransaction[];
  readonly currency: Currency;
}

const PAGE_SIZE = 25;

/** The account's history, newest first. */
export function TransactionTable({ transactions, currency }: TransactionTableProps) {
  const [page, setPage] = useState(1);
  if (transactions.length === 0) {
    return <EmptyState title="No transactions yet" hint="The first deposit opens the history." />;
  }
  const shown = transactions.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  return (
    <>
      <Table.ScrollContainer minWidth={560}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Date</Table.Th>
              <Table.Th>Transaction</Table.Th>
              <Table.Th ta="right">Amount</Table.Th>
              <Table.Th ta="right">Balance</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((transaction) => (
              <TransactionRow key={transaction.id} transaction={transaction} currency={currency} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {transactions.length > PAGE_SIZE && (
        <Group justify="flex-end">
          <Pagination
            total={Math.ceil(transactions.length / PAGE_SIZE)}
            value={page}
            onChange={setPage}
            size="sm"
          />
        </Group>
      )}
    </>
  );
}

interface TransactionRowProps {
  readonly transaction: SavingsTransaction;
  readonly currency: Currency;
}

function TransactionRow({ transaction, currency }: TransactionRowProps) {
  const { date, transactionType, amount, runningBalance, reversed, note } = transaction;
  return (
    <Table.Tr {...(reversed ? { td: 'line-through', c: 'dimmed' } : {})}>
      <Table.Td>{formatDate(date)}</Table.Td>
      <Table.Td>
        {transactionType.value}
        {reversed && (
          <Badge ml="xs" size="xs" color="gray">
            Undone
          </Badge>
        )}
        {note && (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right">
        {transactionType.withdrawal ? '−' : ''}
        {formatAmount(amount, currency)}
      </Table.Td>
      <Table.Td ta="right">{formatAmount(runningBalance, currency)}</Table.Td>
    </Table.Tr>
  );
}
