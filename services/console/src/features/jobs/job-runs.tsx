import { Badge, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../shared/empty-state.tsx';
import { QueryStates } from '../../shared/query-states.tsx';
import { type JobRun, jobRunsQuery } from './api/jobs.ts';

/** The last runs of one job. */
export function JobRuns({ jobId }: { readonly jobId: number }) {
  const runs = useQuery(jobRunsQuery(jobId));
  return (
    <QueryStates query={runs}>
      {({ pageItems }) =>
        pageItems.length === 0 ? (
          <EmptyState title="This job has not run yet" hint="Its runs appear here, the newest first." />
        ) : (
          <Table>
            <Table.Tbody>
              {pageItems.map((run) => (
                <Table.Tr key={run.version}>
                  <Table.Td>
                    <RunStatus run={run} />
                  </Table.Td>
                  <Table.Td>{run.triggerType}</Table.Td>
                  <Table.Td>{run.jobRunErrorMessage}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )
      }
    </QueryStates>
  );
}

const COLORS: Readonly<Record<string, string>> = { success: 'teal', failed: 'red', partial: 'orange' };

export function RunStatus({ run }: { readonly run: JobRun }) {
  const startedAt = run.jobRunStartTime ? new Date(run.jobRunStartTime).toLocaleString() : '';
  const status = run.status ?? 'running';
  return (
    <Group gap="xs" wrap="nowrap">
      <Badge color={COLORS[status.toLowerCase()] ?? 'blue'}>{status}</Badge>
      <Text size="sm">{startedAt}</Text>
    </Group>
  );
}
