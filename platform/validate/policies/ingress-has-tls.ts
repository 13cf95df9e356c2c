import { listAt, textAt } from '../objects.ts';
import { ofKinds, type Policy } from '../policy.ts';

export const ingressHasTls: Policy = {
  name: 'ingress-has-tls',
  check: ofKinds(['Ingress'], (object) => {
    const secured = listAt(object, 'spec', 'tls').flatMap((tls) =>
      Array.isArray(tls['hosts']) ? tls['hosts'] : [],
    );
    const open = listAt(object, 'spec', 'rules').find((rule) => !secured.includes(rule['host']));
    return open && `answers ${textAt(open, 'host')} without TLS`;
  }),
};
