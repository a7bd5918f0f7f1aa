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

const KEY_LENGTH_MIN = 32;

/**
 * The keys of the instance: from the environment, else (in training mode) made once and kept in the
 * data folder. Production refuses to start on keys that nobody chose and stored elsewhere: a chain key
 * that lies beside the database proves nothing against whoever can change the database.
 */
export async function loadSecrets(
  dataDir: string,
  mode: 'training' | 'production',
): Promise<Secrets> {
  const given = {
    sessionSecret: process.env['GONGSHI_SESSION_SECRET'],
    chainKey: process.env['GONGSHI_CHAIN_KEY'],
  };
  if (mode === 'production') refuseWeakKeys(given);
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

/** One message for all that is wrong, with the commands that make it right. */
function refuseWeakKeys(given: {
  readonly sessionSecret: string | undefined;
  readonly chainKey: string | undefined;
}): void {
  const named = {
    GONGSHI_SESSION_SECRET: given.sessionSecret ?? '',
    GONGSHI_CHAIN_KEY: given.chainKey ?? '',
  };
  const weak = Object.entries(named).filter(([, value]) => value.length < KEY_LENGTH_MIN);
  if (weak.length === 0 && given.sessionSecret !== given.chainKey) return;
  const names = weak.length === 0 ? '两把密钥相同' : weak.map(([name]) => name).join('、');
  const make = `node -p "require('node:crypto').randomBytes(32).toString('hex')"`;
  throw new StartFailure(
    `正式模式需要两把不同的密钥（各至少 ${KEY_LENGTH_MIN} 个随机字符），现在不合要求的：${names}。\n` +
      '  GONGSHI_SESSION_SECRET  签发登录；更换后所有人须重新登录\n' +
      '  GONGSHI_CHAIN_KEY       封存办理记录；遗失或更换后以前的记录无法核验，请另存一份在本机之外\n' +
      `生成一把：${make}\n` +
      '生成两次，写进启动环境（例如 systemd 的 EnvironmentFile，权限 600），再执行 npm start。',
  );
}

/** Password of the embedded PostgreSQL, for tools that work on its data folder. */
export async function readPostgresPassword(dataDir: string): Promise<string> {
  const text = await readFile(join(dataDir, secretsFileName), 'utf8');
  const { postgresPassword }: Partial<Secrets> = JSON.parse(text);
  if (postgresPassword === undefined) throw new Error(`${secretsFileName} has no password`);
  return postgresPassword;
}
