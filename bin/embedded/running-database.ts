import { findServer, superuserUrl } from './postgres.ts';
import { findPostgresPlace } from './postgres-place.ts';
import { dataFolder } from './project-paths.ts';
import { readPostgresPassword } from './secrets.ts';
import { StartFailure } from './start-failure.ts';

/** Address of the record for a command beside it: DATABASE_URL, else the running instance's own. */
export async function findRunningDatabase(): Promise<string> {
  const given = process.env['DATABASE_URL'] ?? '';
  if (given !== '') return given;
  const dataDir = dataFolder();
  const place = await findPostgresPlace(dataDir);
  const running = await findServer(place.dataFolder);
  if (running === undefined) {
    throw new StartFailure('系统没有运行：请先执行 npm start，或用 DATABASE_URL 指定数据库。');
  }
  return superuserUrl(running.port, await readPostgresPassword(dataDir), 'gongshi');
}
