import type { Logger } from './logger.ts';

export type ShutdownOptions = {
  logger: Logger;
  /** Stops accepting, finishes what is in flight, closes pools. Called once. */
  close: () => Promise<unknown>;
  /** After this the process exits with 1 whatever is still running. */
  timeoutMs?: number;
  /** Ends the process; a test passes its own. */
  exit?: (code: number) => void;
};

/**
 * Ends the process in order on SIGTERM or SIGINT (exit code 0; 1 when closing fails or takes too long; at once on a
 * second signal). An uncaught error is logged through the logger, whose error fields are safe, and ends the process
 * with 1: nothing is known about its state, and its supervisor starts it again.
 *
 * @returns a function that takes the handlers off again
 */
export function installShutdown({ logger, close, timeoutMs = 10_000, exit }: ShutdownOptions): () => void {
  const end = exit ?? ((code: number) => process.exit(code));
  let stopping = false;

  const stop = async (signal: string) => {
    if (stopping) return end(1);
    stopping = true;
    logger.info({ signal }, 'stopping');
    const timer = setTimeout(() => {
      logger.error({ timeoutMs }, 'did not stop in time');
      end(1);
    }, timeoutMs);
    try {
      await close();
      logger.info('stopped');
      end(0);
    } catch (error) {
      logger.error({ err: error }, 'could not stop cleanly');
      end(1);
    } finally {
      clearTimeout(timer);
    }
  };
  const crash = (error: unknown) => {
    logger.fatal({ err: error }, 'uncaught error');
    end(1);
  };

  process.on('SIGTERM', stop).on('SIGINT', stop).on('uncaughtException', crash);
  return () => {
    process.off('SIGTERM', stop).off('SIGINT', stop).off('uncaughtException', crash);
  };
}
