import { ofKinds, type Policy } from '../policy.ts';

export const noSnippets: Policy = {
  name: 'no-snippets',
  also: ['CKV_K8S_152', 'CKV_K8S_153', 'CKV_K8S_154'],
  check: ofKinds(['Ingress'], (object) => {
    const key = Object.keys(object.metadata?.annotations ?? {}).find((name) => name.includes('snippet'));
    return key && `configures the proxy by text (${key})`;
  }),
};
