import type { Policy } from '../policy.ts';

export const databaseVerifiesTls: Policy = {
  name: 'database-verifies-tls',
  check: (object) => {
    const urls = JSON.stringify(object).match(/jdbc:postgresql:[^"\\]+/g) ?? [];
    return urls
      .filter((url) => !/sslmode=verify-(full|ca)/.test(url))
      .map((url) => `reaches a database without verifying its certificate (${url.split('?')[0]})`);
  },
};
