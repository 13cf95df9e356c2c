import Type from 'typebox';
import { flag, item, optional, type Static, text } from '../fields.ts';
import { kind, restWrites } from '../kind.ts';

const schema = item({
  name: text('Name of the way to pay'),
  description: optional(text('What it is', 500)),
  cash: optional(flag('Whether notes and coins change hands')),
  position: optional(Type.Integer({ description: 'Place in lists', minimum: 0 })),
});
type PaymentType = Static<typeof schema>;

interface Answer {
  readonly id: number;
  readonly name: string;
  readonly description?: string;
  readonly isCashPayment?: boolean;
  readonly position?: number;
}

export const paymentTypes = kind<PaymentType>({
  name: 'paymentTypes',
  noun: 'payment type',
  schema,
  keyOf: ({ name }) => name,
  read: async (api) =>
    (await api.get<Answer[]>('/paymenttypes')).map(({ id, name, description, isCashPayment, position }) => ({
      id,
      item: {
        name,
        cash: isCashPayment ?? false,
        ...(description === undefined ? {} : { description }),
        ...(position === undefined ? {} : { position }),
      },
    })),
  ...restWrites<PaymentType>('/paymenttypes', ({ name, description, cash, position }) => ({
    name,
    description,
    isCashPayment: cash,
    position,
  })),
});
