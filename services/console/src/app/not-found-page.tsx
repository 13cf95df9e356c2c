import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';

export function NotFoundPage() {
  return (
    <Stack align="center" mt="xl">
      <Title order={2}>There is no such page</Title>
      <Text c="dimmed">The address may be old or mistyped.</Text>
      <Anchor component={Link} to="/clients">
        Back to the clients
      </Anchor>
    </Stack>
  );
}
