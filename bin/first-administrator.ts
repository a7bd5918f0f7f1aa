/**
 * 首任管理员 — `npm run first-administrator -- --root 530627 --root-name 镇雄县 --sign-in-name zhang.san
 * --name 张三` on a system without administrators: makes the organisation at the root and the account, and
 * prints its one-time password once. Works on DATABASE_URL or on the running instance.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { makeOneTimePassword, passwordHashOf } from '../api/accounts.ts';
import { appointFirstAdministrator } from '../db/administration/first-administrator.ts';
import { openDatabase } from '../db/client.ts';
import { realClock } from '../db/clock.ts';
import { parseOrgCode } from '../domain/organisation/org-code.ts';
import { plainDateAt } from '../domain/time/instant.ts';
import { runCommand } from './embedded/command-line.ts';
import { findRunningDatabase } from './embedded/running-database.ts';
import { StartFailure } from './embedded/start-failure.ts';

const USAGE =
  '用法：npm run first-administrator -- --root 区划代码 --root-name 名称 --sign-in-name 登录名 --name 姓名';

function readArguments() {
  const text = { type: 'string' } as const;
  const options = { root: text, 'root-name': text, 'sign-in-name': text, name: text };
  try {
    const { values } = parseArgs({ options, strict: true });
    const { root = '', 'root-name': rootName = '', name = '' } = values;
    const signInName = values['sign-in-name'] ?? '';
    const code = parseOrgCode(root);
    const all = [rootName, name, signInName].map((value) => value.trim());
    if (code === undefined || all.some((value) => value === '')) throw new StartFailure(USAGE);
    return { root: code, rootName, displayName: name, signInName };
  } catch (error) {
    // parseArgs names unknown options in English; the usage says it all.
    if (error instanceof StartFailure) throw error;
    throw new StartFailure(USAGE);
  }
}

await runCommand(async () => {
  const given = readArguments();
  const { db, close } = openDatabase(await findRunningDatabase(), { max: 1 });
  try {
    const password = makeOneTimePassword();
    const passwordHash = await passwordHashOf(password);
    const at = await realClock.now();
    const ids = { id: randomUUID(), dutyId: randomUUID(), since: plainDateAt(at) };
    const change = { by: 'first-administrator', at, reason: '首任管理员' };
    await db.transaction(async (tx) => {
      const made = await appointFirstAdministrator(tx, { ...given, ...ids, passwordHash }, change);
      if (!made.ok) throw new StartFailure(made.refusal.words);
    });
    process.stdout.write(
      `已任命首任管理员 ${given.displayName}（${given.rootName}）。\n登录名：${given.signInName}\n一次性口令：${password}\n口令只显示这一次，首次登录后须修改。\n`,
    );
  } finally {
    await close();
  }
});
