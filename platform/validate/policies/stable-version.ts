import type { Policy } from '../policy.ts';

export const stableVersion: Policy = {
  name: 'stable-version',
  also: ['no-extensions-v1beta'],
  check: (object) =>
    /(alpha|beta)/.test(object.apiVersion) && (object.apiVersion.split('/')[0] ?? '').endsWith('.k8s.io')
      ? ['uses an API version that will go away']
      : [],
};
