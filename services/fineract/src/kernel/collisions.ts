/** Turns the database's refusals into the codes that Fineract's clients know. */
import { foreignKeyViolation, uniqueViolation } from '@fineract-gitops/db';
import { type ApiError, dataIntegrity } from './errors.ts';

/** Which field's value is taken, by the name of the unique constraint. */
type Collisions = Readonly<Record<string, readonly [code: string, parameter: string, message: string]>>;

/** @throws ApiError 403 when a unique value is taken */
export async function refuseTaken<T>(collisions: Collisions, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const constraint = uniqueViolation(error);
    const collision = constraint === null ? undefined : collisions[constraint];
    if (!collision) throw error;
    throw dataIntegrity(...collision);
  }
}

/** @throws the given refusal when other records still point to what `work` removes */
export async function refuseInUse<T>(refusal: () => ApiError, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw foreignKeyViolation(error) === null ? error : refusal();
  }
}
