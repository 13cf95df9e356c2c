import { setTimeout as sleep } from 'node:timers/promises';
import type { Exit, Launched } from './launch.ts';

export interface KeeperOptions {
  name: string;
  /** Starts the process and returns when it is ready; gives up when the signal aborts. */
  launch(signal: AbortSignal): Promise<Launched>;
  onRunning(pid: number): void;
  /** Tells the person what happens to the process. */
  say(text: string): void;
  /** First delay of the back-off; tests shorten it. */
  firstDelayMs?: number;
}

const delayMsMax = 30_000;
/** A process that ran this long has recovered, so the back-off begins anew. */
const healthyMs = 60_000;

/** Keeps one process running: whenever it ends unasked it is started again, after ever longer pauses. */
export class Keeper {
  readonly name: string;
  readonly #options: KeeperOptions;
  readonly #stopped = new AbortController();
  #current: Launched | undefined;
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: KeeperOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** Returns when the process is ready. @throws CliError when the first start fails; then nothing is kept. */
  async start(): Promise<void> {
    const started = this.#launch();
    this.#work = started.catch(() => {});
    await started;
    this.#work = this.#keep();
  }

  /** Ends the process for good; also while it is starting. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error(`${this.name} is being stopped`));
    await this.#current?.stop();
    await this.#work;
  }

  get #stopping(): boolean {
    return this.#stopped.signal.aborted;
  }

  async #launch(): Promise<Launched> {
    const launched = await this.#options.launch(this.#stopped.signal);
    this.#current = launched;
    this.#options.onRunning(launched.pid);
    // A stop that came while the launch could not be broken off.
    if (this.#stopping) await launched.stop();
    return launched;
  }

  async #keep(): Promise<void> {
    let failures = 0;
    while (!this.#stopping) {
      const since = Date.now();
      const exit = await this.#current!.exited;
      if (this.#stopping) return;
      if (Date.now() - since > healthyMs) failures = 0;
      let restarted = false;
      this.#options.say(`ended ${describe(exit)}`);
      while (!restarted && !this.#stopping) {
        restarted = await this.#restartAfter(failures);
        failures += 1;
      }
    }
  }

  async #restartAfter(failures: number): Promise<boolean> {
    const { say, firstDelayMs = 250 } = this.#options;
    const delayMs = Math.min(delayMsMax, firstDelayMs * 2 ** failures);
    try {
      await sleep(delayMs, undefined, { signal: this.#stopped.signal });
      await this.#launch();
      say('runs again');
      return true;
    } catch (error) {
      if (!this.#stopping) say(`could not be started again: ${(error as Error).message}`);
      return false;
    }
  }
}

function describe({ code, signal }: Exit): string {
  return signal ? `by ${signal}` : `with code ${code}`;
}
