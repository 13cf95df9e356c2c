/**
 * What a bank changes first: its domain, its Git repository, its image registry. Each value stands here once and
 * nowhere else, so that a host name never has to be replaced across files.
 */

export interface Settings {
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
  /** Tag that the production environments follow. */
  readonly productionTag: string;
}

export const settings: Settings = {
  domain: 'fineract.example.com',
  repository: 'https://git.example.com/bank/fineract-gitops.git',
  registry: 'registry.example.com/fineract-gitops',
  operatorEmail: 'operations@fineract.example.com',
  timeZone: 'Etc/UTC',
  productionTag: 'v0.1.0',
};
