import { decimal } from '@fineract-gitops/money';
import { enumeration } from '../enumeration.ts';
import { amount, code, flag, item, oneOf, optional, type Static, text } from '../fields.ts';
import { kind, restWrites, when } from '../kind.ts';

const targets = enumeration({ loan: 1, savings: 2, client: 3, shares: 4 });
const times = enumeration({
  disbursement: 1,
  specifiedDueDate: 2,
  savingsActivation: 3,
  savingsClosure: 4,
  withdrawalFee: 5,
  annualFee: 6,
  monthlyFee: 7,
  installmentFee: 8,
  overdueInstallment: 9,
  overdraftFee: 10,
  weeklyFee: 11,
});
const calculations = enumeration({ flat: 1, percentOfAmount: 2 });

const schema = item({
  name: text('Name of the charge'),
  currency: code('Currency, by its code'),
  appliesTo: oneOf('What it is charged on', targets.words),
  time: oneOf('When it is charged', times.words),
  calculation: oneOf('flat: an amount; percentOfAmount: a share of what is moved', calculations.words),
  amount: amount('The amount, or the percentage'),
  penalty: optional(flag('Whether it is a penalty rather than a fee')),
  active: optional(flag('Whether new accounts may carry it; yes unless said')),
});
type Charge = Static<typeof schema>;

interface Answer {
  readonly id: number;
  readonly name: string;
  readonly currency: { readonly code: string };
  readonly chargeAppliesTo: { readonly id: number };
  readonly chargeTimeType: { readonly id: number };
  readonly chargeCalculationType: { readonly id: number };
  readonly amount: number;
  readonly penalty: boolean;
  readonly active: boolean;
}

export const charges = kind<Charge>({
  name: 'charges',
  noun: 'charge',
  schema,
  keyOf: ({ name }) => name,
  references: ({ currency }) => [{ kind: 'currencies', key: currency, path: ['currency'] }],
  fixed: ['appliesTo'],
  read: async (api) =>
    (await api.get<Answer[]>('/charges')).map((answer) => {
      const time = times.word(answer.chargeTimeType.id);
      const calculation = calculations.word(answer.chargeCalculationType.id);
      return {
        id: answer.id,
        item: {
          name: answer.name,
          currency: answer.currency.code,
          appliesTo: targets.word(answer.chargeAppliesTo.id)!,
          amount: answer.amount,
          penalty: answer.penalty,
          active: answer.active,
          ...(time ? { time } : {}),
          ...(calculation ? { calculation } : {}),
        },
      };
    }),
  ...restWrites<Charge>('/charges', (item) => ({
    name: item.name,
    currencyCode: item.currency,
    chargeAppliesTo: when(item.appliesTo, targets.id),
    chargeTimeType: when(item.time, times.id),
    chargeCalculationType: when(item.calculation, calculations.id),
    // Loans alone say how a charge is paid; every other charge is taken from the account itself.
    chargePaymentMode: item.appliesTo === 'loan' ? 0 : undefined,
    amount: when(item.amount, (amount) => decimal(String(amount))),
    penalty: item.penalty ?? when(item.appliesTo, () => false),
    active: item.active ?? when(item.appliesTo, () => true),
    locale: 'en',
  })),
});
