/** What a new client may choose from, and the reasons for which a client's life ends. */
import { toParts } from '@fineract-gitops/dates';
import { type QueryContext, queryInteger, type RouteInput } from '../../kernel/index.ts';
import { officeOptions, requireOffice, staffOptions } from '../../organisation/index.ts';
import { codeValueOptions } from '../../system/index.ts';
import { legalFormOptions } from '../rules.ts';

const REASON_CODES: Readonly<Record<string, string>> = {
  close: 'ClientClosureReason',
  reject: 'ClientRejectReason',
  withdraw: 'ClientWithdrawReason',
};

export async function clientTemplate(context: QueryContext, input: RouteInput): Promise<unknown> {
  const { db, user } = context;
  const reasons = REASON_CODES[input.query['command']?.toLowerCase() ?? ''];
  if (reasons !== undefined) return { narrations: await codeValueOptions(db, reasons) };
  const officeId = queryInteger(input, 'officeId') ?? user.officeId;
  const office = await requireOffice(db, user, officeId);
  return {
    activationDate: toParts(await context.businessDate()),
    officeId: office.id,
    officeName: office.name,
    officeOptions: await officeOptions(db, user),
    staffOptions: await staffOptions(db, office.id),
    genderOptions: await codeValueOptions(db, 'Gender'),
    clientTypeOptions: await codeValueOptions(db, 'ClientType'),
    clientClassificationOptions: await codeValueOptions(db, 'ClientClassification'),
    clientLegalFormOptions: legalFormOptions,
    clientNonPersonConstitutionOptions: [],
    clientNonPersonMainBusinessLineOptions: [],
    savingProductOptions: [],
    datatables: [],
    isAddressEnabled: false,
  };
}
