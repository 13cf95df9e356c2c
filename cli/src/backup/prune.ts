import type { StoredBackup } from './manifest.ts';

/**
 * The complete backups that are older than `keepDays` days; never the newest complete one, however old it is, and never
 * an unfinished one, which may be under way.
 */
export function expiredBackups<Backup extends Pick<StoredBackup, 'manifest'>>(
  backups: readonly Backup[],
  keepDays: number,
  now: Date,
): Backup[] {
  const limit = now.getTime() - keepDays * 86_400_000;
  const complete = backups
    .flatMap((backup) => (backup.manifest ? [{ backup, at: Date.parse(backup.manifest.startedAt) }] : []))
    .sort((a, b) => b.at - a.at);
  return complete
    .slice(1)
    .filter(({ at }) => at < limit)
    .map(({ backup }) => backup);
}
