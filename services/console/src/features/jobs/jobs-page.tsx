import { Badge, Button, Collapse, Group, Stack, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { EmptyState } from '../../shared/empty-state.tsx';
import { useMayDo } from '../../shared/permissions.ts';
import { QueryStates } from '../../shared/query-states.tsx';
import { type Job, jobsQuery, runJob } from './api/jobs.ts';
import { JobRuns, RunStatus } from './job-runs.tsx';

/** Scheduled jobs: when they run, how the last run went, run one now. */
export function JobsPage() {
  const jobs = useQuery(jobsQuery);
  return (
    <Stack>
      <Title order={2}>Jobs</Title>
      <QueryStates query={jobs}>{(data) => <JobTable jobs={data} />}</QueryStates>
    </Stack>
  );
}

function JobTable({ jobs }: { readonly jobs: readonly Job[] }) {
  const [openedId, setOpenedId] = useState<number | null>(null);
  if (jobs.length === 0)
    return <EmptyState title="No jobs" hint="Jobs appear when a batch instance has started." />;
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Job</Table.Th>
            <Table.Th>Schedule</Table.Th>
            <Table.Th>Last run</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {jobs.map((job) => (
            <Fragment key={job.jobId}>
              <JobRow
                job={job}
                opened={openedId === job.jobId}
                onToggle={() => setOpenedId(openedId === job.jobId ? null : job.jobId)}
              />
              <Table.Tr hidden={openedId !== job.jobId}>
                <Table.Td colSpan={4}>
                  <Collapse expanded={openedId === job.jobId}>
                    {openedId === job.jobId && <JobRuns jobId={job.jobId} />}
                  </Collapse>
                </Table.Td>
              </Table.Tr>
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface JobRowProps {
  readonly job: Job;
  readonly opened: boolean;
  readonly onToggle: () => void;
}

function JobRow({ job, opened, onToggle }: JobRowProps) {
  const mayDo = useMayDo();
  const queryClient = useQueryClient();
  const run = useMutation({
    mutationFn: () => runJob(job.jobId),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['jobs'] }),
    onError: (error) => notifications.show({ color: 'red', message: error.message }),
  });
  return (
    <Table.Tr>
      <Table.Td>
        {job.displayName}
        {!job.active && (
          <Badge ml="xs" size="xs" color="gray">
            off
          </Badge>
        )}
      </Table.Td>
      <Table.Td ff="monospace">{job.cronExpression ?? '—'}</Table.Td>
      <Table.Td>
        {job.currentlyRunning ? (
          <Badge color="blue">running</Badge>
        ) : job.lastRunHistory ? (
          <RunStatus run={job.lastRunHistory} />
        ) : (
          <Text size="sm" c="dimmed">
            never
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <Button size="compact-sm" variant="subtle" onClick={onToggle} aria-expanded={opened}>
            Runs
          </Button>
          {mayDo('EXECUTEJOB_SCHEDULER') && (
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconPlayerPlay size={14} />}
              onClick={() => run.mutate()}
              loading={run.isPending}
              disabled={job.currentlyRunning}
            >
              Run now
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
