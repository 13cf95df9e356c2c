/** Closing an office's books up to a date. */
import type { LocalDate } from '@fineract-gitops/dates';
import { sql } from '@fineract-gitops/db';
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  notFound,
  pathId,
  type RouteInput,
  requireOfficeScope,
} from '../../kernel/index.ts';
import type { CreateClosure, UpdateClosure } from '../bodies.ts';

/**
 * Locks the office and names its last closing date. The lock waits for postings that are under way (their entries' keys
 * hold it) and makes later ones wait, so that no posting slips under a closure.
 */
async function lockOffice({ tx, user }: CommandContext, officeId: number): Promise<LocalDate | null> {
  const office = await tx.rowOrNull<{ hierarchy: string }>(
    sql`select hierarchy from offices where id = ${officeId} for update`,
  );
  if (!office) throw notFound('office', officeId);
  requireOfficeScope(user, office.hierarchy);
  const { closed_on } = await tx.row<{ closed_on: LocalDate | null }>(
    sql`select max(closing_date) as closed_on from gl_closures where office_id = ${officeId}`,
  );
  return closed_on;
}

export async function createClosure(
  context: CommandContext,
  { body }: CommandInput<CreateClosure>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const { officeId, closingDate, comments } = body;
  const closedOn = await lockOffice(context, officeId);
  if (closingDate > businessDate) {
    throw domainRule(
      'error.msg.glclosure.invalid.future.date',
      'The books cannot be closed for a date in the future.',
      closingDate,
    );
  }
  if (closedOn !== null && closingDate <= closedOn) {
    throw domainRule(
      'error.msg.glclosure.invalid.accounting.closed',
      `The books of this office are already closed up to ${closedOn}.`,
      closedOn,
    );
  }
  const { id } = await tx.row<{ id: number }>(sql`
    insert into gl_closures (office_id, closing_date, comments, created_by, updated_by)
    values (${officeId}, ${closingDate}::date, ${comments || null}, ${user.id}, ${user.id}) returning id`);
  return { officeId, resourceId: id };
}

interface ClosureRow {
  id: number;
  office_id: number;
  closing_date: LocalDate;
}

async function readClosure({ tx }: CommandContext, input: RouteInput): Promise<ClosureRow> {
  const id = pathId(input, 'glClosureId', 'glclosure');
  const closure = await tx.rowOrNull<ClosureRow>(
    sql`select id, office_id, closing_date from gl_closures where id = ${id}`,
  );
  if (!closure) throw notFound('glclosure', id);
  return closure;
}

/** Only what is said about a closure can change; its date is moved by deleting it and closing anew. */
export async function updateClosure(
  context: CommandContext,
  input: CommandInput<UpdateClosure>,
): Promise<CommandResult> {
  const closure = await readClosure(context, input);
  await lockOffice(context, closure.office_id);
  await context.tx.execute(sql`
    update gl_closures set comments = ${input.body.comments || null}, updated_by = ${context.user.id}, updated_at = now()
     where id = ${closure.id}`);
  return {
    officeId: closure.office_id,
    resourceId: closure.id,
    changes: { comments: input.body.comments },
  };
}

export async function deleteClosure(context: CommandContext, input: RouteInput): Promise<CommandResult> {
  const closure = await readClosure(context, input);
  const closedOn = await lockOffice(context, closure.office_id);
  if (closedOn !== closure.closing_date) {
    throw domainRule(
      'error.msg.glclosure.invalid.delete',
      `Only the last closure can be deleted; the books are closed up to ${closedOn}.`,
      closedOn,
    );
  }
  await context.tx.execute(sql`delete from gl_closures where id = ${closure.id}`);
  return { officeId: closure.office_id, resourceId: closure.id };
}
