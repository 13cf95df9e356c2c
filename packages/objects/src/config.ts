/** Where this package reads its environment: Azure's storage client has no chain of its own for keys. */
export function azureStorageKeys(): { connectionString?: string; key?: string } {
  const { AZURE_STORAGE_CONNECTION_STRING: connectionString, AZURE_STORAGE_KEY: key } = process.env;
  return { ...(connectionString ? { connectionString } : {}), ...(key ? { key } : {}) };
}
