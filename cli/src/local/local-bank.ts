import { mkdirSync } from 'node:fs';
import { ensureDatabases } from '@fineract-gitops/local-postgres';
import { CliError } from '../cli-error.ts';
import { talk } from '../command.ts';
import { buildConsole, builtConsole, consoleIsStale, hasConsole } from './console-build.ts';
import { databaseOf, databaseUrl, launchPostgres } from './data-services.ts';
import { demoFingerprint, demoIsLoaded, loadDemo } from './demo.ts';
import { Keeper } from './keeper.ts';
import { type Launched, launchProcess, type ProcessSpec } from './launch.ts';
import type { Layout } from './layout.ts';
import type { LogBook } from './log-book.ts';
import { freePorts, type PublicPorts } from './ports.ts';
import type { DataServices, Profile } from './profile.ts';
import { findRedis, redisSpec } from './redis.ts';
import type { RunFile } from './run-file.ts';
import type { Secrets } from './secrets.ts';
import {
  type BankAddresses,
  databases,
  objectsOnDisk,
  type ServiceName,
  serviceSpec,
  serviceUrls,
} from './services.ts';
import { runSteps, type Step, type StepTiming } from './steps.ts';

export interface LocalBankOptions {
  layout: Layout;
  profile: Profile;
  /** Data services that run elsewhere; empty for the local profile. */
  dataServices: DataServices;
  secrets: Secrets;
  ports: PublicPorts;
  runFile: RunFile;
  logs: LogBook;
  demo: boolean;
}

/** The bank on this machine: every service a process of its own, kept running by a keeper each. */
export class LocalBank {
  readonly #options: LocalBankOptions;
  readonly #keepers: Keeper[] = [];
  readonly #remarks: string[] = [];
  #addresses!: BankAddresses;
  readonly #stopped = new AbortController();

  constructor(options: LocalBankOptions) {
    this.#options = options;
  }

  /** What the person should know although the start went well, for example that there is no cache. */
  get remarks(): readonly string[] {
    return this.#remarks;
  }

  get urls(): Record<ServiceName, string> {
    return serviceUrls(this.#addresses);
  }

  /**
   * Starts everything in the order that the services need, each step as soon as it can.
   * @throws CliError of the first step that failed; the caller then stops what has started
   */
  async start(): Promise<StepTiming[]> {
    const { layout, runFile } = this.#options;
    this.#addresses = await this.#assignAddresses();
    runFile.update({ urls: this.urls });
    mkdirSync(layout.objects, { recursive: true, mode: 0o700 });
    if (hasConsole(layout.console)) mkdirSync(builtConsole(layout.console), { recursive: true });
    const timings = await runSteps(this.#steps());
    runFile.update({ ready: true });
    return timings;
  }

  /** Stops the services in the reverse order: first nobody gets in, the data services go last. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    const stopAll = (names: readonly string[]) =>
      Promise.all(this.#keepers.filter(({ name }) => names.includes(name)).map((keeper) => keeper.stop()));
    await stopAll(['gateway']);
    await stopAll(['read', 'write', 'batch']);
    await stopAll(['user-sync', 'identity']);
    await stopAll(['inbox', 'redis', 'postgres']);
  }

  async #assignAddresses(): Promise<BankAddresses> {
    const { layout, secrets, ports, dataServices, profile } = this.#options;
    const [read, write, batch, smtp, userSync, postgres, redis] = await freePorts(7);
    const embedded = {
      host: '127.0.0.1',
      port: postgres!,
      user: 'postgres',
      password: secrets.postgresPassword,
    };
    const cached = profile === 'local' && findRedis() !== undefined;
    return {
      layout,
      secrets,
      ports: { ...ports, read: read!, write: write!, batch: batch!, smtp: smtp!, 'user-sync': userSync! },
      database: dataServices.databaseUrl ? databaseOf(dataServices.databaseUrl) : embedded,
      redisUrl: cached ? `redis://:${secrets.redisPassword}@127.0.0.1:${redis}` : dataServices.redisUrl,
      kafkaBrokers: dataServices.kafkaBrokers,
      objectsUrl: dataServices.objectsUrl ?? objectsOnDisk(layout),
    };
  }

  #steps(): Step[] {
    const { layout, profile } = this.#options;
    const stale = consoleIsStale(layout.console);
    const console: Step[] = stale
      ? [
          {
            name: 'console',
            title: 'Console',
            after: [],
            run: () => buildConsole(layout.console).then(() => 'built'),
          },
        ]
      : [];
    return [
      ...(profile === 'local' ? this.#localDataSteps() : []),
      this.#databaseStep(),
      ...console,
      this.#serviceStep('inbox', 'Inbox', []),
      this.#serviceStep('write', 'Core, write instance', ['databases', ...this.#cacheStep()]),
      this.#serviceStep('identity', 'Identity', ['databases']),
      this.#serviceStep('read', 'Core, read instance', ['write']),
      this.#serviceStep('batch', 'Core, batch instance', ['write', 'inbox']),
      this.#serviceStep('user-sync', 'User sync', ['identity']),
      this.#serviceStep('gateway', 'Gateway', ['write', 'identity']),
      ...this.#demoSteps(),
    ];
  }

  #cacheStep(): string[] {
    return this.#options.profile === 'local' && this.#addresses.redisUrl ? ['redis'] : [];
  }

  #localDataSteps(): Step[] {
    const { layout, logs } = this.#options;
    const { database, redisUrl } = this.#addresses;
    const postgres = () => launchPostgres(layout, logs, database);
    const steps: Step[] = [
      { name: 'postgres', title: 'PostgreSQL', after: [], run: () => this.#keep('postgres', postgres) },
    ];
    const program = findRedis();
    if (!program || !redisUrl) {
      this.#remarks.push('There is no redis-server on this machine, so the bank runs without its cache.');
      return steps;
    }
    const { port, password } = new URL(redisUrl);
    const spec = redisSpec(program, Number(port), password);
    return [...steps, { name: 'redis', title: 'Redis', after: [], run: () => this.#keepProcess(spec) }];
  }

  #databaseStep(): Step {
    const { profile } = this.#options;
    const run = async () => {
      try {
        await ensureDatabases(databaseUrl(this.#addresses.database), Object.values(databases));
      } catch (cause) {
        throw new CliError(explainDatabaseFailure(cause as Error & { code?: string }, profile), 1, { cause });
      }
      return undefined;
    };
    return { name: 'databases', title: 'Databases', after: profile === 'local' ? ['postgres'] : [], run };
  }

  #serviceStep(name: ServiceName, title: string, after: string[]): Step {
    return { name, title, after, run: () => this.#keepProcess(serviceSpec(name, this.#addresses)) };
  }

  /** The demo bank is loaded once, and again when its files have changed; the bank runs without it if that fails. */
  #demoSteps(): Step[] {
    const { demo, layout, secrets } = this.#options;
    const fingerprint = demoFingerprint(layout);
    if (!demo || !fingerprint || demoIsLoaded(layout, fingerprint)) return [];
    const run = async () => {
      const target = { url: this.urls.gateway, password: secrets.demoPassword, signal: this.#stopped.signal };
      try {
        await loadDemo(layout, fingerprint, target);
        return 'loaded';
      } catch (error) {
        this.#remarks.push(`The demo bank was not loaded: ${(error as Error).message}`);
        return 'not loaded';
      }
    };
    return [{ name: 'demo', title: 'Demo bank', after: ['read', 'gateway', 'user-sync'], run }];
  }

  #keepProcess(spec: ProcessSpec): Promise<undefined> {
    const { logs, runFile } = this.#options;
    return this.#keep(spec.name, (signal) =>
      launchProcess(spec, {
        onLine: (line) => logs.write(spec.name, line),
        onSpawn: (pid) => runFile.noteProcess(spec.name, pid),
        lastWords: () => logs.lastWords(spec.name),
        logFile: logs.fileOf(spec.name),
        signal,
      }),
    );
  }

  async #keep(name: string, launch: (signal: AbortSignal) => Promise<Launched>): Promise<undefined> {
    const keeper = new Keeper({
      name,
      launch,
      onRunning: (pid) => this.#options.runFile.noteProcess(name, pid),
      say: (text) => talk(`${name} ${text}`),
    });
    this.#keepers.push(keeper);
    if (this.#stopped.signal.aborted) throw new CliError('The start was broken off.');
    await keeper.start();
    return undefined;
  }
}

function explainDatabaseFailure({ code, message }: Error & { code?: string }, profile: Profile): string {
  const wrongPassword = code === '28P01';
  if (!wrongPassword) return `The databases could not be made: ${message}.`;
  if (profile !== 'local') return 'PostgreSQL refuses the user or password of DATABASE_URL: mend it.';
  return 'secrets.json does not belong to this database: restore the one that was made with it, or begin anew with `npm start -- --reset`.';
}
