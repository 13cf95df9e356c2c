import { Stack, Text } from '@mantine/core';

export function EmptyState({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <Stack align="center" gap={4} py="xl">
      <Text fw={500}>{title}</Text>
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
    </Stack>
  );
}
