/** Every kind of configuration, in the order in which it is written: what others name comes first. */
import type { AnyKind } from '../kind.ts';
import { charges } from './charges.ts';
import { codes } from './codes.ts';
import { configurations } from './configurations.ts';
import { currencies } from './currencies.ts';
import { demoData } from './demo-data/index.ts';
import { glAccounts } from './gl-accounts.ts';
import { offices } from './offices.ts';
import { paymentTypes } from './payment-types.ts';
import { roles } from './roles.ts';
import { savingsProducts } from './savings-products/index.ts';
import { staff } from './staff.ts';
import { users } from './users.ts';

export const kinds: readonly AnyKind[] = [
  configurations,
  currencies,
  offices,
  codes,
  staff,
  roles,
  users,
  paymentTypes,
  glAccounts,
  charges,
  savingsProducts,
  demoData,
];
