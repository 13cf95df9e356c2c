import { type Queryable, type Sql, sql } from '@fineract-gitops/db';
import { notFound, pathId, type RouteInput } from '../kernel/index.ts';

/** Fineract's codes spell it so. */
const ENTITY = 'sheduler.job';

/** Which job a path means: by id, or by short name. */
export function jobNamedBy(input: RouteInput): Sql {
  const shortName = input.params['shortName'];
  return shortName === undefined
    ? sql`id = ${pathId(input, 'jobId', ENTITY)}`
    : sql`short_name = ${shortName.slice(0, 40)}`;
}

/** @throws ApiError 404 */
export async function findJobId(db: Queryable, input: RouteInput): Promise<number> {
  const row = await db.rowOrNull<{ id: number }>(sql`select id from jobs where ${jobNamedBy(input)}`);
  if (!row) throw jobNotFound(input);
  return row.id;
}

export function jobNotFound({ params }: RouteInput) {
  return notFound(ENTITY, (params['shortName'] ?? params['jobId'] ?? '').slice(0, 40));
}
