import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartFailure } from './start-failure.ts';
import { findJson, writeWhole } from './whole-file.ts';

/** The keys of one instance. None of them is ever logged. */
export type Secrets = {
  /** Password of the embedded PostgreSQL, for its superuser and the application's role. */
  readonly postgresPassword: string;
  /** Signs session cookies. */
  readonly sessionSecret: string;
  /** Keys the hash chain of the event log; whoever has it can forge the chain. */
  readonly chainKey: string;
};

export const secretsFileName = 'secrets.json';

/**
 * The keys of the instance: from the environment, else (in training mode) made once and kept in the
 * data folder. Production refuses to start on keys that nobody chose and stored elsewhere.
 */
export async function loadSecrets(
  dataDir: string,
  mode: 'training' | 'production',
): Promise<Secrets> {
  const given = {
    sessionSecret: process.env['GONGSHI_SESSION_SECRET'],
    chainKey: process.env['GONGSHI_CHAIN_KEY'],
  };
  if (mode === 'production' && (!given.sessionSecret || !given.chainKey)) {
    throw new StartFailure(
      '正式模式必须设置环境变量 GONGSHI_SESSION_SECRET 和 GONGSHI_CHAIN_KEY(各至少 32 个随机字符,另行妥善保存)。\n' +
        'Production needs GONGSHI_SESSION_SECRET and GONGSHI_CHAIN_KEY.',
    );
  }
  for (const [name, value] of Object.entries(given)) {
    if (mode === 'production' && (value ?? '').length < 32) {
      throw new StartFailure(`正式模式的密钥太短(至少 32 个字符):${name}`);
    }
  }
  const file = join(dataDir, secretsFileName);
  const kept = await readKept(file);
  const fresh = (): string => randomBytes(32).toString('hex');
  const made = {
    postgresPassword: kept.postgresPassword ?? fresh(),
    ...(mode === 'training' && {
      sessionSecret: kept.sessionSecret ?? fresh(),
      chainKey: kept.chainKey ?? fresh(),
    }),
  };
  // Only what is new is written: these keys cannot be made again.
  if (Object.entries(made).some(([name, value]) => kept[name as keyof Secrets] !== value)) {
    await writeWhole(file, `${JSON.stringify({ ...kept, ...made }, null, 2)}\n`, 0o600);
  }
  return {
    postgresPassword: made.postgresPassword,
    sessionSecret: given.sessionSecret ?? made.sessionSecret ?? '',
    chainKey: given.chainKey ?? made.chainKey ?? '',
  };
}

/** New keys in place of damaged ones would lock the database and break every chain: a person must look. */
async function readKept(file: string): Promise<Partial<Secrets>> {
  const kept = await findJson(file);
  if (kept !== undefined) return kept as Partial<Secrets>;
  if (!existsSync(file)) return {};
  throw new StartFailure(
    `密钥文件已损坏:${file}\n请从备份恢复这个文件;没有它,已有的数据无法打开。\n` +
      'The file of keys is damaged: put it back from a backup.',
  );
}

/** Password of the embedded PostgreSQL, for tools that work on its data folder. */
export async function readPostgresPassword(dataDir: string): Promise<string> {
  const text = await readFile(join(dataDir, secretsFileName), 'utf8');
  const { postgresPassword }: Partial<Secrets> = JSON.parse(text);
  if (postgresPassword === undefined) throw new Error(`${secretsFileName} has no password`);
  return postgresPassword;
}
