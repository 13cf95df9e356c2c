/** Where this package reads its environment: the search path, and an override for the binaries. */
export function searchPath(): string[] {
  return (process.env.PATH ?? '').split(':').filter(Boolean);
}

/** Directory with `postgres` and `initdb` to use before any other (LOCAL_POSTGRES_BIN). */
export function preferredBinDirectory(): string | undefined {
  return process.env.LOCAL_POSTGRES_BIN || undefined;
}
