import type { FineractApi } from '../../api/client.ts';
import { code, item, type Static } from '../fields.ts';
import { type Current, kind } from '../kind.ts';

const schema = item({ code: code('Code of ISO 4217, such as USD') });
type Currency = Static<typeof schema>;

interface Answer {
  readonly selectedCurrencyOptions: readonly { readonly code: string }[];
}

export const currencies = kind<Currency>({
  name: 'currencies',
  noun: 'currency',
  schema,
  keyOf: ({ code }) => code,
  read: readSelected,
  // The API sets the whole list; what is on it stays, for accounts may use it.
  async create({ api }, { code }) {
    const selected = (await readSelected(api)).map(({ item }) => item.code!);
    await api.put('/currencies', { currencies: [...selected, code] });
    return undefined;
  },
  async update() {},
});

async function readSelected(api: FineractApi): Promise<Current<Currency>[]> {
  const { selectedCurrencyOptions } = await api.get<Answer>('/currencies');
  return selectedCurrencyOptions.map(({ code }) => ({ id: 0, item: { code } }));
}
