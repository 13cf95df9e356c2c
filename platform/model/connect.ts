/**
 * Connections are written beside the component that opens them. The compiler refuses an unknown component and a port
 * that the other side does not serve.
 */

import type { components } from './components/index.ts';
import type { Connection, OptionalService } from './types.ts';

export type ComponentName = keyof typeof components;
export type PortOf<C extends ComponentName> = keyof (typeof components)[C]['ports'] & string;

/** `from` may open a connection to `port` of `to`, because of `why`; not where the cluster runs `unless` itself. */
export function connect<const From extends ComponentName, const To extends ComponentName>(
  from: From,
  to: To,
  port: PortOf<To>,
  why: string,
  condition: { readonly unless?: OptionalService } = {},
): Connection {
  return { from, to, port, why, ...condition };
}
