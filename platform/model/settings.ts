/**
 * What a bank changes first: its domain, its Git repository, its image registry. Each value stands here once and
 * nowhere else, so that a host name never has to be replaced across files.
 */

import type { ByStage, Engine } from './types.ts';

export interface Settings {
  /** Who answers Fineract's API in every environment. */
  readonly engine: Engine;
  /** Production's public host; other environments are `<environment>.<domain>`. */
  readonly domain: string;
  /** The Git repository that Argo CD reads. */
  readonly repository: string;
  /** Where our own images are pulled from. */
  readonly registry: string;
  /** Let's Encrypt writes expiry warnings here. */
  readonly operatorEmail: string;
  /** Time zone of schedules and sync windows. */
  readonly timeZone: string;
  /** Accounts whose identities the pods take on; Terraform prints them. */
  readonly cloudAccounts: {
    readonly awsAccountId: string;
    readonly gcpProject: string;
    /** Client id of the managed identity, by environment. */
    readonly azureClientIds: Readonly<Record<string, string>>;
  };
  /** Folder of the bank as YAML files, in the `tools` image; the demo bank stays in development. */
  readonly bankConfig: ByStage<string>;
  /** Tag that the production environments follow. */
  readonly productionTag: string;
}

export const settings: Settings = {
  engine: 'fineract-ts',
  domain: 'fineract.example.com',
  repository: 'https://git.example.com/bank/fineract-gitops.git',
  registry: 'registry.example.com/fineract-gitops',
  operatorEmail: 'operations@fineract.example.com',
  timeZone: 'Etc/UTC',
  cloudAccounts: {
    awsAccountId: '111122223333',
    gcpProject: 'fineract-example',
    azureClientIds: {
      'dev-azure': '00000000-0000-4000-8000-000000000001',
      'production-azure': '00000000-0000-4000-8000-000000000002',
    },
  },
  bankConfig: { dev: 'bank-config/demo', uat: 'bank-config/bank', production: 'bank-config/bank' },
  productionTag: 'v0.1.0',
};
