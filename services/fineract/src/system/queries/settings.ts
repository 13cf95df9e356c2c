/** Configurations and the two business dates. */
import { type LocalDate, toParts } from '@fineract-gitops/dates';
import { sql } from '@fineract-gitops/db';
import {
  dateParts,
  notFound,
  pathId,
  type QueryContext,
  type RouteInput,
  readBusinessDates,
  withoutNulls,
} from '../../kernel/index.ts';

interface ConfigurationRow {
  id: number;
  name: string;
  enabled: boolean;
  value: number | null;
  stringValue: string | null;
  dateValue: LocalDate | null;
  description: string | null;
}

const columns = sql`
  id, name, enabled, value, string_value as "stringValue", date_value as "dateValue", description from configurations`;

export async function listConfigurations({ db }: QueryContext): Promise<unknown> {
  const rows = await db.rows<ConfigurationRow>(sql`select ${columns} order by id`);
  return { globalConfiguration: rows.map(configurationBody) };
}

export async function readConfiguration({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const id = pathId(input, 'configId', 'configuration');
  const row = await db.rowOrNull<ConfigurationRow>(sql`select ${columns} where id = ${id}`);
  if (!row) throw notFound('configuration', id);
  return configurationBody(row);
}

export async function readConfigurationByName({ db }: QueryContext, input: RouteInput): Promise<unknown> {
  const name = input.params['configName'] ?? '';
  const row = await db.rowOrNull<ConfigurationRow>(sql`select ${columns} where name = ${name}`);
  if (!row) throw notFound('configuration', name.slice(0, 100), 'error.msg.configuration.property.invalid');
  return configurationBody(row);
}

function configurationBody(row: ConfigurationRow) {
  return withoutNulls({ ...row, dateValue: dateParts(row.dateValue), trapDoor: false });
}

export const BusinessDateDescription = {
  BUSINESS_DATE: 'Business Date',
  COB_DATE: 'Close of Business Date',
} as const;
export type BusinessDateType = keyof typeof BusinessDateDescription;

export async function listBusinessDates({ db, tenant }: QueryContext): Promise<unknown[]> {
  const { businessDate, cobDate } = await readBusinessDates(db, tenant.timeZone);
  return [dateBody('BUSINESS_DATE', businessDate), dateBody('COB_DATE', cobDate)];
}

export async function readBusinessDate(context: QueryContext, { params }: RouteInput): Promise<unknown> {
  const { businessDate, cobDate } = await readBusinessDates(context.db, context.tenant.timeZone);
  switch (params['type']) {
    case 'BUSINESS_DATE':
      return dateBody('BUSINESS_DATE', businessDate);
    case 'COB_DATE':
      return dateBody('COB_DATE', cobDate);
    default:
      throw notFound('businessdate', params['type']?.slice(0, 40), 'error.msg.businessdate.not.found');
  }
}

function dateBody(type: BusinessDateType, date: LocalDate) {
  return { description: BusinessDateDescription[type], type, date: toParts(date) };
}
