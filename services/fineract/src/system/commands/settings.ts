/** What changes configurations and the business dates. */
import { addDays, type LocalDate } from '@fineract-gitops/dates';
import { type Sql, sql, type Transaction } from '@fineract-gitops/db';
import {
  applyChanges,
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  notFound,
  pathId,
  readBusinessDates,
} from '../../kernel/index.ts';
import type { BusinessDateChange, ConfigurationChange } from '../bodies.ts';
import type { BusinessDateType } from '../queries/settings.ts';

interface Settings {
  enabled: boolean;
  value: number | null;
  stringValue: string | null;
  dateValue: LocalDate | null;
}

export async function updateConfiguration(
  { tx }: CommandContext,
  input: CommandInput<ConfigurationChange>,
): Promise<CommandResult> {
  const name = input.params['configName'];
  if (name === undefined) {
    const id = pathId(input, 'configId', 'configuration');
    return change(tx, sql`id = ${id}`, input.body, () => notFound('configuration', id));
  }
  return change(tx, sql`name = ${name}`, input.body, () =>
    notFound('configuration', name.slice(0, 100), 'error.msg.configuration.property.invalid'),
  );
}

async function change(
  tx: Transaction,
  which: Sql,
  body: CommandInput<ConfigurationChange>['body'],
  missing: () => Error,
): Promise<CommandResult> {
  const current = await tx.rowOrNull<Settings & { id: number }>(sql`
    select id, enabled, value, string_value as "stringValue", date_value as "dateValue"
      from configurations where ${which} for update`);
  if (!current) throw missing();
  const { id, ...settings } = current;
  const { next, changes } = applyChanges(settings, body);
  await tx.execute(sql`
    update configurations
       set enabled = ${next.enabled}, value = ${next.value}, string_value = ${next.stringValue},
           date_value = ${next.dateValue}::date
     where id = ${id}`);
  return { resourceId: id, changes };
}

/** Setting the business date sets the COB date to the day before, where that is configured. */
export async function updateBusinessDate(
  { tx, tenant }: CommandContext,
  { body }: CommandInput<BusinessDateChange>,
): Promise<CommandResult> {
  const current = await readBusinessDates(tx, tenant.timeZone);
  if (!current.enabled) {
    throw domainRule(
      'business.date.is.not.enabled',
      'Business dates are not in use; enable the configuration enable-business-date first.',
    );
  }
  const type = body.type as BusinessDateType;
  const changes: Partial<Record<BusinessDateType, LocalDate>> = { [type]: body.date };
  if (type === 'BUSINESS_DATE' && (await adjustsCobDate(tx))) changes.COB_DATE = addDays(body.date, -1);
  for (const [each, date] of Object.entries(changes).sort()) {
    await tx.execute(sql`
      insert into business_dates (type, date) values (${each}, ${date}::date)
      on conflict (type) do update set date = excluded.date`);
  }
  return { resourceIdentifier: type, changes };
}

async function adjustsCobDate(tx: Transaction): Promise<boolean> {
  const row = await tx.rowOrNull<{ enabled: boolean }>(
    sql`select enabled from configurations where name = 'enable-automatic-cob-date-adjustment'`,
  );
  return row?.enabled ?? false;
}
