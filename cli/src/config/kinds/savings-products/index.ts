import { decimal } from '@fineract-gitops/money';
import type { FineractApi } from '../../../api/client.ts';
import { type Current, kind, restWrites, type WriteContext, when } from '../../kind.ts';
import { accountingBody, accountNames, type Mappings, readAccounting } from './accounting.ts';
import { calculation, compounding, posting, type SavingsProduct, schema } from './schema.ts';

interface Answer {
  readonly id: number;
  readonly name: string;
  readonly shortName: string;
  readonly description?: string;
  readonly currency: { readonly code: string; readonly decimalPlaces: number };
  readonly nominalAnnualInterestRate: number;
  readonly interestCompoundingPeriodType: { readonly id: number };
  readonly interestPostingPeriodType: { readonly id: number };
  readonly interestCalculationType: { readonly id: number };
  readonly interestCalculationDaysInYearType: { readonly id: 360 | 365 };
  readonly minRequiredOpeningBalance?: number;
  readonly enforceMinRequiredBalance?: boolean;
  readonly minRequiredBalance?: number;
  readonly allowOverdraft?: boolean;
  readonly overdraftLimit?: number;
  readonly nominalAnnualInterestRateOverdraft?: number;
  readonly withdrawalFeeForTransfers?: boolean;
  readonly charges?: readonly { readonly name: string }[];
  readonly accountingMappings?: Mappings;
}

export const savingsProducts = kind<SavingsProduct>({
  name: 'savingsProducts',
  noun: 'savings product',
  schema,
  keyOf: ({ shortName }) => shortName,
  references: ({ currency, charges = [], accounting }) => [
    { kind: 'currencies', key: currency, path: ['currency'] },
    ...charges.map((key, index) => ({ kind: 'charges', key, path: ['charges', index] })),
    ...(accounting ? accountNames : []).map((name) => ({
      kind: 'glAccounts',
      key: accounting![name],
      path: ['accounting', name],
    })),
  ],
  read: readProducts,
  ...restWrites<SavingsProduct>('/savingsproducts', body),
});

async function readProducts(
  api: FineractApi,
  items: readonly SavingsProduct[],
): Promise<Current<SavingsProduct>[]> {
  const list = await api.get<Answer[]>('/savingsproducts');
  const wanted = list.filter(({ shortName }) => items.some((item) => item.shortName === shortName));
  // Charges and accounts of the ledger are in the single answer only.
  return Promise.all(
    wanted.map(async ({ id }) => ({ id, item: toItem(await api.get<Answer>(`/savingsproducts/${id}`)) })),
  );
}

function toItem(answer: Answer): Partial<SavingsProduct> {
  const accounting = readAccounting(answer.accountingMappings);
  return {
    name: answer.name,
    shortName: answer.shortName,
    currency: answer.currency.code,
    decimalPlaces: answer.currency.decimalPlaces,
    interest: {
      nominalAnnualRatePercent: answer.nominalAnnualInterestRate,
      compounding: compounding.word(answer.interestCompoundingPeriodType.id)!,
      posting: posting.word(answer.interestPostingPeriodType.id)!,
      calculation: calculation.word(answer.interestCalculationType.id)!,
      daysInYear: answer.interestCalculationDaysInYearType.id,
    },
    withdrawalFeeForTransfers: answer.withdrawalFeeForTransfers ?? false,
    charges: (answer.charges ?? []).map(({ name }) => name),
    ...(answer.description === undefined ? {} : { description: answer.description }),
    ...(accounting === undefined ? {} : { accounting }),
    ...balances(answer),
  };
}

function balances(answer: Answer): Partial<SavingsProduct> {
  const { overdraftLimit: limit, nominalAnnualInterestRateOverdraft: rate } = answer;
  return {
    ...(answer.minRequiredOpeningBalance === undefined
      ? {}
      : { minimumOpeningBalance: answer.minRequiredOpeningBalance }),
    ...(answer.enforceMinRequiredBalance && answer.minRequiredBalance !== undefined
      ? { minimumBalance: answer.minRequiredBalance }
      : {}),
    ...(answer.allowOverdraft && limit !== undefined
      ? { overdraft: { limit, ...(rate === undefined ? {} : { nominalAnnualRatePercent: rate }) } }
      : {}),
  };
}

function body(item: Partial<SavingsProduct>, { ids }: WriteContext): object {
  const { interest, overdraft } = item;
  const exact = (value: number | undefined) => when(value, (number) => decimal(String(number)));
  return {
    name: item.name,
    shortName: item.shortName,
    description: item.description,
    currencyCode: item.currency,
    digitsAfterDecimal: item.decimalPlaces,
    ...(interest
      ? {
          nominalAnnualInterestRate: exact(interest.nominalAnnualRatePercent),
          interestCompoundingPeriodType: compounding.id(interest.compounding),
          interestPostingPeriodType: posting.id(interest.posting),
          interestCalculationType: calculation.id(interest.calculation),
          interestCalculationDaysInYearType: interest.daysInYear,
        }
      : {}),
    minRequiredOpeningBalance: exact(item.minimumOpeningBalance),
    ...(item.minimumBalance === undefined
      ? {}
      : { enforceMinRequiredBalance: true, minRequiredBalance: exact(item.minimumBalance) }),
    ...(overdraft
      ? {
          allowOverdraft: true,
          overdraftLimit: exact(overdraft.limit),
          nominalAnnualInterestRateOverdraft: exact(overdraft.nominalAnnualRatePercent),
        }
      : {}),
    withdrawalFeeForTransfers: item.withdrawalFeeForTransfers,
    charges: when(item.charges, (each) => ids.ofEach('charges', each).map((id) => ({ id }))),
    // A product without accounts in the ledger posts nothing there.
    ...(item.accounting
      ? accountingBody(item.accounting, (code) => ids.of('glAccounts', code))
      : when(item.shortName, () => ({ accountingRule: 1 }))),
    locale: 'en',
  };
}
