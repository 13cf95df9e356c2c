import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../shared/api.ts';
import { formatAmount } from '../../shared/format.ts';
import type { SavingsAccount } from './api/account.ts';
import { type Movement, moveMoney } from './api/move-money.ts';

interface MoneyFormProps {
  readonly account: SavingsAccount;
  readonly movement: Movement;
  readonly onClose: () => void;
}

const WORDS = {
  deposit: { title: 'Deposit', done: 'paid in' },
  withdrawal: { title: 'Withdraw', done: 'paid out' },
} as const;

/**
 * Asks for an amount and moves it. A second click, or a retry after the connection broke, carries the same key and cannot
 * pay twice; a refusal is final, so what is sent after it is a new request with a new key.
 */
export function MoneyForm({ account, movement, onClose }: MoneyFormProps) {
  const { title, done } = WORDS[movement];
  const [idempotencyKey, setIdempotencyKey] = useState(newKey);
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { amount: '' },
    validate: { amount: (text) => amountProblem(text, account) },
  });
  const mutation = useMutation({
    mutationFn: (amount: string) => moveMoney(String(account.id), { movement, amount, idempotencyKey }),
    onSuccess: async (_result, amount) => {
      await queryClient.invalidateQueries({ queryKey: ['savings', String(account.id)] });
      await queryClient.invalidateQueries({ queryKey: ['client', String(account.clientId)] });
      notifications.show({ color: 'teal', message: `${formatAmount(amount, account.currency)} ${done}.` });
      onClose();
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status < 500) setIdempotencyKey(newKey());
    },
  });
  return (
    <Modal opened onClose={onClose} title={`${title} — account ${account.accountNo}`} centered>
      <form onSubmit={form.onSubmit(({ amount }) => mutation.mutate(amount.trim()))}>
        <Stack>
          <TextInput
            label={`Amount (${account.currency.code})`}
            inputMode="decimal"
            autoComplete="off"
            data-autofocus
            {...form.getInputProps('amount')}
          />
          {mutation.isError && (
            <Text c="red" size="sm" role="alert">
              {mutation.error.message}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={mutation.isPending}>
              {title}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function newKey(): string {
  return crypto.randomUUID();
}

function amountProblem(text: string, { currency }: SavingsAccount): string | null {
  const match = /^\d{1,13}(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return 'Enter an amount such as 250 or 12.50';
  if (/^[0.]+$/.test(text.trim())) return 'The amount must be greater than zero';
  const decimals = match[1]?.length ?? 0;
  return decimals > currency.decimalPlaces
    ? `${currency.code} has ${currency.decimalPlaces} decimal places`
    : null;
}
