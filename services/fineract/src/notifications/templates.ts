/** What messages say. A template is a function of its data; amounts are formatted here, exactly, in the currency's own way. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

interface Template<Data> {
  readonly email: (data: Data) => MailText;
  readonly sms: (data: Data) => string;
}

/** Interest that an account was given. Amounts are decimal text. */
export interface InterestPosted {
  readonly accountNo: string;
  readonly currency: string;
  readonly decimalPlaces: number;
  readonly interest: string;
  readonly balance: string;
  /** ISO dates: the period's first day, and the day on which its interest was posted. */
  readonly periodStart: string;
  readonly postingDate: string;
}

const interestPosted: Template<InterestPosted> = {
  email: (data) => ({
    subject: 'Monthly interest statement',
    text: [
      'Dear customer,',
      '',
      `Interest was credited to your savings account ${maskedAccount(data.accountNo)}.`,
      '',
      `Period:          ${data.periodStart} until ${data.postingDate}`,
      `Interest:        ${money(data.interest, data)}`,
      `New balance:     ${money(data.balance, data)}`,
      '',
      'You do not need to do anything.',
    ].join('\n'),
  }),
  sms: (data) => `Interest credited: ${money(data.interest, data)}`,
};

const templates: Readonly<Record<string, Template<never>>> = { 'interest-posted': interestPosted };

/** @throws Error when a row names a template that this program does not have */
export function templateNamed(name: string): Template<unknown> {
  const template = Object.hasOwn(templates, name) ? templates[name] : undefined;
  if (!template) throw new Error(`there is no message template ${name}`);
  return template as Template<unknown>;
}

/** `$12.50`: every digit of the decimal text, never through a float. */
function money(
  amount: string,
  { currency, decimalPlaces }: Pick<InterestPosted, 'currency' | 'decimalPlaces'>,
): string {
  const format = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    minimumFractionDigits: decimalPlaces,
    maximumFractionDigits: decimalPlaces,
  });
  return format.format(amount as Intl.StringNumericLiteral);
}

/** Enough for its owner to know it, too little for a stranger: `*0042`. */
function maskedAccount(accountNo: string): string {
  return `*${accountNo.slice(-4)}`;
}
