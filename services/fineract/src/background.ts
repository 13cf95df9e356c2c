/** What an instance does besides answering requests, chosen by its modes. */
import { createMailSender, createSmsSender } from '@fineract-gitops/messages';
import { domains } from './bank.ts';
import type { Config } from './config.ts';
import { declaredJobs, startBatchWorker, startScheduler } from './kernel/jobs/index.ts';
import type { Resources } from './kernel/resources.ts';
import { startDelivery } from './notifications/index.ts';
import { onFirstUse } from './on-first-use.ts';

export interface Background {
  /** Finishes what is in hand, gives the rest back. */
  stop(): Promise<void>;
}

export function startBackground(config: Config, resources: Resources): Background {
  const { modes, batch } = config;
  const running: Background[] = [];
  if (modes.batchManager) running.push(startScheduler(resources));
  if (modes.batchWorker) {
    running.push(startBatchWorker({ ...resources, ...batch, jobs: declaredJobs(domains) }));
    running.push(startDelivery({ ...resources, leaseSeconds: batch.leaseSeconds, ...senders(config) }));
  }
  return {
    async stop() {
      await Promise.all(running.map((each) => each.stop()));
    },
  };
}

function senders({ mail, sms }: Config) {
  return {
    mail: mail && onFirstUse(() => createMailSender(mail.url, mail.from)),
    sms:
      sms &&
      onFirstUse(async () =>
        createSmsSender({
          region: sms.region,
          ...(sms.endpoint === undefined ? {} : { endpoint: sms.endpoint }),
        }),
      ),
  };
}
