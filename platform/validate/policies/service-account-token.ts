import { ofPods, type Policy } from '../policy.ts';

export const serviceAccountToken: Policy = {
  name: 'service-account-token',
  also: ['CKV_K8S_38'],
  check: ofPods((pod, object) => {
    const needs =
      object.metadata?.annotations?.['fineract-gitops/needs-api'] ?? pod['automountServiceAccountToken'];
    return needs === undefined && 'does not say whether it needs the token of its service account';
  }),
};
