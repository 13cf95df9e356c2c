/** Which currencies the organisation works in. */
import { sql } from '@fineract-gitops/db';
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  notFound,
  refuseInUse,
} from '../../kernel/index.ts';
import type { UpdateCurrencies } from '../bodies.ts';
import { isoCurrency } from '../iso-currencies.ts';
import type { Currency } from '../rules.ts';

/** Sets the whole list. What is taken off must not be in use by a product, account or charge. */
export async function updateCurrencies(
  { tx }: CommandContext,
  { body }: CommandInput<UpdateCurrencies>,
): Promise<CommandResult> {
  const wanted = [...new Set(body.currencies)].sort().map(knownCurrency);
  await tx.execute(sql`lock table currencies in share row exclusive mode`);
  for (const currency of wanted) {
    await tx.execute(sql`
      insert into currencies (code, name, decimal_places, display_symbol)
      values (${currency.code}, ${currency.name}, ${currency.decimalPlaces}, ${currency.displaySymbol})
      on conflict (code) do nothing`);
  }
  const codes = wanted.map(({ code }) => code);
  await refuseInUse(
    () =>
      domainRule(
        'error.msg.currency.currencyCode.inUse',
        'A currency that is in use cannot be taken off the list.',
      ),
    () => tx.execute(sql`delete from currencies where not (code = any(${codes}::text[]))`),
  );
  return { changes: { currencies: codes } };
}

function knownCurrency(code: string): Currency {
  const currency = isoCurrency(code);
  if (!currency) throw notFound('currency', code, 'error.msg.currency.currencyCode.invalid');
  return currency;
}
