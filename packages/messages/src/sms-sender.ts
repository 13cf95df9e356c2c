import type { PublishCommandInput } from '@aws-sdk/client-sns';
import { MessageError } from './message-error.ts';

export type SmsSenderOptions = {
  /** An SNS-compatible server; AWS's own when absent. */
  endpoint?: string;
  region: string;
  /** Up to 11 letters and digits that the phone shows as sender, where the country allows it. */
  senderId?: string;
};

export type Sms = {
  /** E.164: `+254700000001`. */
  to: string;
  text: string;
};

export type SmsSender = {
  /** Hands one text message to SNS, once. @returns the provider's id of it @throws MessageError */
  send(sms: Sms): Promise<string>;
  close(): void;
};

/**
 * A sender over Amazon SNS. Credentials come from the AWS SDK's own chain; an endpoint on this machine needs none. The
 * SDK is loaded when the first message goes out.
 */
export function createSmsSender({ endpoint, region, senderId }: SmsSenderOptions): SmsSender {
  if (endpoint !== undefined && !/^https?:\/\/[^/]/.test(endpoint)) {
    throw new Error(
      'The SNS endpoint is not a URL; expected for example https://sns.eu-central-1.amazonaws.com',
    );
  }
  let loading: Promise<Publisher> | undefined;
  return {
    async send({ to, text }) {
      if (!/^\+[1-9]\d{3,14}$/.test(to)) {
        throw new MessageError('The recipient is not a phone number in international form', {
          kind: 'permanent',
        });
      }
      loading ??= createPublisher(region, endpoint);
      const { publish } = await loading;
      return publish({
        PhoneNumber: to,
        Message: text,
        MessageAttributes: {
          'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
          ...(senderId === undefined
            ? {}
            : { 'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: senderId } }),
        },
      });
    },
    close: () => void loading?.then(({ destroy }) => destroy()),
  };
}

type Publisher = { publish(input: PublishCommandInput): Promise<string>; destroy(): void };

async function createPublisher(region: string, endpoint: string | undefined): Promise<Publisher> {
  const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const local = endpoint !== undefined && isLoopback(new URL(endpoint).hostname);
  const client = new SNSClient({
    region,
    // The SDK would publish again by itself after a timeout; only the caller knows whether it may.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5000, requestTimeout: 20_000 },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(local ? { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}),
  });
  return {
    async publish(input) {
      try {
        const { MessageId = '' } = await client.send(new PublishCommand(input));
        return MessageId;
      } catch (error) {
        throw classifySmsFailure(error);
      }
    },
    destroy: () => client.destroy(),
  };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

const refusals = new Set([
  'InvalidParameter',
  'InvalidParameterException',
  'InvalidParameterValue',
  'OptedOut',
]);

/** Refusals of this message are for good; throttling, outages and our own credentials are for now. */
function classifySmsFailure(error: unknown): MessageError {
  const { name, code, $metadata } = error as {
    name: string;
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  const permanent = refusals.has(name) || name === 'OptedOutException';
  const neverSent = code === 'ECONNREFUSED' || code === 'ENOTFOUND' || name === 'CredentialsProviderError';
  // A 4xx is an answer; a 5xx or a broken connection says nothing about whether the message was taken.
  const answered = status !== undefined && status < 500;
  return new MessageError(
    permanent ? 'The SMS provider refused the message' : 'The SMS provider did not take the message',
    {
      kind: permanent ? 'permanent' : 'temporary',
      uncertain: !permanent && !neverSent && !answered,
      code: code ?? name,
    },
  );
}
