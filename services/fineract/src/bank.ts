/** The domains of the bank. A new one is a folder and one line here. */

import { accounting } from './accounting/index.ts';
import { charges } from './charges/index.ts';
import { clients } from './clients/index.ts';
import { imports } from './imports/index.ts';
import { jobs } from './jobs/index.ts';
import type { Domain } from './kernel/domain.ts';
import { notifications } from './notifications/index.ts';
import { organisation } from './organisation/index.ts';
import { savings } from './savings/index.ts';
import { searches } from './search/index.ts';
import { system } from './system/index.ts';
import { users } from './users/index.ts';

export const domains: readonly Domain[] = [
  organisation,
  users,
  system,
  clients,
  charges,
  accounting,
  jobs,
  notifications,
  savings,
  imports,
  searches,
];
