/** Where a PostgreSQL database is, who asks, and how the connection is made. */
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type pg from 'pg';

/** How a connection is protected; the modes are PostgreSQL's (`sslmode`). */
export interface DatabaseTls {
  /** `require` encrypts, `verify-ca` also wants the server's certificate signed, `verify-full` also for its host name. */
  readonly mode: 'require' | 'verify-ca' | 'verify-full';
  /** Path of the authorities to trust (PEM); without it, those that Node trusts. */
  readonly rootCertificate?: string;
}

export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user?: string;
  readonly password?: string;
  /** Encrypts the connection; absent means plain. */
  readonly tls?: DatabaseTls;
}

/** The address as the driver takes it. @throws Error when the file of authorities cannot be read */
export function driverAddress(address: DatabaseAddress): pg.ClientConfig {
  const { host, port, database, user, password, tls } = address;
  return {
    host,
    port,
    database,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { ssl: tlsOptions(tls, host) }),
  };
}

function tlsOptions({ mode, rootCertificate }: DatabaseTls, host: string): ConnectionOptions {
  return {
    // The driver names the host only when it is not a number; the certificate is checked against this.
    host,
    // As with PostgreSQL's own clients, `require` verifies only when it is told whom to trust.
    rejectUnauthorized: mode !== 'require' || rootCertificate !== undefined,
    ...(rootCertificate === undefined ? {} : { ca: readAuthorities(rootCertificate) }),
    ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  };
}

function readAuthorities(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`the database's sslrootcert ${file} cannot be read (${code})`, { cause: error });
  }
}
