import { queryOptions, useQuery } from '@tanstack/react-query';
import { get } from './api.ts';

interface UserDetails {
  readonly permissions: readonly string[];
}

const userDetailsQuery = queryOptions({
  queryKey: ['userdetails'],
  queryFn: () => get<UserDetails>('/userdetails'),
  staleTime: 60_000,
});

/**
 * Whether the person at the screen may do a thing: what they may not is not offered. The bank decides again at every
 * request; this only keeps dead ends off the page.
 */
export function useMayDo(): (permission: string) => boolean {
  const { data } = useQuery(userDetailsQuery);
  const held = new Set(data?.permissions ?? []);
  return (permission) =>
    held.has(permission) ||
    held.has('ALL_FUNCTIONS') ||
    (permission.startsWith('READ_') && held.has('ALL_FUNCTIONS_READ'));
}
