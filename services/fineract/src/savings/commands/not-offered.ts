/** Switches of Fineract that stand in every form and do nothing here: on is refused, off is ignored. */
import { invalidField } from '../../kernel/index.ts';
import { notOffered } from '../bodies.ts';

type Sent = { readonly [K in keyof typeof notOffered]?: boolean | undefined };

/** @throws ApiError 400 when one of them is switched on */
export function refuseNotOffered(resource: string, sent: Sent): void {
  for (const name of Object.keys(notOffered) as (keyof typeof notOffered)[]) {
    if (sent[name])
      throw invalidField(resource, name, 'not.supported', `The feature ${name} is not offered by this bank.`);
  }
}
