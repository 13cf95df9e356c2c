import { Anchor, Breadcrumbs, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Amount } from '../../shared/api.ts';
import { formatAmount } from '../../shared/format.ts';
import { useMayDo } from '../../shared/permissions.ts';
import { QueryStates } from '../../shared/query-states.tsx';
import { StatusBadge } from '../../shared/status-badge.tsx';
import { accountQuery, type SavingsAccount } from './api/account.ts';
import type { Movement } from './api/move-money.ts';
import { BalanceChart } from './balance-chart.tsx';
import { MoneyForm } from './money-form.tsx';
import { TransactionTable } from './transaction-table.tsx';

/** One savings account: balance, history, pay in and out. */
export function AccountPage() {
  const { savingsId = '' } = useParams();
  const account = useQuery(accountQuery(savingsId));
  return <QueryStates query={account}>{(data) => <Account account={data} />}</QueryStates>;
}

function Account({ account }: { readonly account: SavingsAccount }) {
  const [movement, setMovement] = useState<Movement | null>(null);
  const mayDo = useMayDo();
  const transactions = account.transactions ?? [];
  return (
    <Stack>
      <Breadcrumbs>
        <Anchor component={Link} to="/clients">
          Clients
        </Anchor>
        <Anchor component={Link} to={`/clients/${account.clientId}`}>
          {account.clientName}
        </Anchor>
        <Text ff="monospace">{account.accountNo}</Text>
      </Breadcrumbs>
      <Group justify="space-between">
        <Group>
          <Title order={2}>{account.savingsProductName}</Title>
          <StatusBadge status={account.status} />
        </Group>
        {account.status.active && (
          <Group gap="xs">
            {mayDo('DEPOSIT_SAVINGSACCOUNT') && (
              <Button onClick={() => setMovement('deposit')}>Deposit</Button>
            )}
            {mayDo('WITHDRAWAL_SAVINGSACCOUNT') && (
              <Button variant="light" onClick={() => setMovement('withdrawal')}>
                Withdraw
              </Button>
            )}
          </Group>
        )}
      </Group>
      <Summary account={account} />
      <Card withBorder>
        <BalanceChart transactions={transactions} currency={account.currency} />
        <TransactionTable transactions={transactions} currency={account.currency} />
      </Card>
      {movement && <MoneyForm account={account} movement={movement} onClose={() => setMovement(null)} />}
    </Stack>
  );
}

function Summary({
  account: { summary, currency, nominalAnnualInterestRate },
}: {
  readonly account: SavingsAccount;
}) {
  const amounts: [label: string, amount: Amount | undefined][] = [
    ['Balance', summary?.accountBalance],
    ['Available', summary?.availableBalance ?? summary?.accountBalance],
    ['Paid in', summary?.totalDeposits],
    ['Paid out', summary?.totalWithdrawals],
    ['Interest posted', summary?.totalInterestPosted],
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }}>
      {amounts.map(([label, amount]) => (
        <Figure key={label} label={label} value={formatAmount(amount, currency)} />
      ))}
      <Figure label="Interest rate, yearly" value={`${nominalAnnualInterestRate} %`} />
    </SimpleGrid>
  );
}

function Figure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <Card withBorder padding="sm">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={600} data-testid={label}>
        {value}
      </Text>
    </Card>
  );
}
