import { queryOptions } from '@tanstack/react-query';
import { type Amount, type DateParts, type EnumOption, get, type Page } from '../../../shared/api.ts';
import type { Currency } from '../../../shared/format.ts';

export interface Client {
  readonly id: number;
  readonly accountNo: string;
  readonly displayName: string;
  readonly status: EnumOption;
  readonly officeName: string;
  readonly externalId?: string;
  readonly mobileNo?: string;
  readonly emailAddress?: string;
  readonly dateOfBirth?: DateParts;
  readonly activationDate?: DateParts;
}

export interface ClientAccounts {
  readonly savingsAccounts?: readonly ClientSavingsAccount[];
}

export interface ClientSavingsAccount {
  readonly id: number;
  readonly accountNo: string;
  readonly productName: string;
  readonly status: EnumOption;
  readonly currency: Currency;
  readonly accountBalance?: Amount;
}

export const PAGE_SIZE = 20;

export function clientsQuery(search: string, page: number) {
  return queryOptions({
    queryKey: ['clients', search, page],
    queryFn: () => {
      const query = new URLSearchParams({
        offset: String((page - 1) * PAGE_SIZE),
        limit: String(PAGE_SIZE),
        orderBy: 'displayName',
        ...(search ? { displayName: search } : {}),
      });
      return get<Page<Client>>(`/clients?${query}`);
    },
    placeholderData: (previous) => previous,
  });
}

export function clientQuery(clientId: string) {
  return queryOptions({ queryKey: ['client', clientId], queryFn: () => get<Client>(`/clients/${clientId}`) });
}

export function clientAccountsQuery(clientId: string) {
  return queryOptions({
    queryKey: ['client', clientId, 'accounts'],
    queryFn: () => get<ClientAccounts>(`/clients/${clientId}/accounts`),
  });
}
