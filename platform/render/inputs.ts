/** Files that people write and the tree carries; read by the caller, so that rendering stays pure. */
export interface Inputs {
  /** `deploy/apps/keycloak/realm/realm-fineract.json`, parsed. */
  readonly realm?: Readonly<Record<string, unknown>>;
}
