/** 答复代码 of the API itself. Codes of the law (G-03, NX1 …) come with their refusal from `decide`. */

interface ProblemKind {
  readonly status: number;
  /** 标题, as a user reads it. */
  readonly title: string;
  /** Who can clear it, where the route does not know better; null where trying again is all. */
  readonly whoClears: string | null;
}

const SENDER = '提交人改正后重新提交';
const SELF = '用户本人';
const ADMINISTRATOR = '管理员';

/** Every code that the API answers with on its own account; stable. */
export const PROBLEM_KINDS = {
  MALFORMED: { status: 400, title: '请求内容不符合要求', whoClears: SENDER },
  'MALFORMED-JSON': { status: 400, title: '请求内容无法读取', whoClears: SENDER },
  'IDEMPOTENCY-KEY-MISSING': { status: 400, title: '缺少防重复提交的编号', whoClears: SENDER },
  'IDEMPOTENCY-KEY-REUSED': { status: 409, title: '同一次提交的内容前后不一致', whoClears: SENDER },
  'NOT-SIGNED-IN': { status: 401, title: '请先登录', whoClears: SELF },
  'SIGN-IN-FAILED': { status: 401, title: '用户名或口令不对', whoClears: SELF },
  'PASSWORD-WRONG': { status: 403, title: '原口令不对', whoClears: SELF },
  'PASSWORD-CHANGE-REQUIRED': { status: 403, title: '请先修改一次性口令', whoClears: SELF },
  'WRITE-NOT-FROM-PAGE': { status: 403, title: '请求来源不明，未予受理', whoClears: SENDER },
  'NOT-YOUR-AREA': { status: 403, title: '不在您的管辖范围内', whoClears: '当地或其上级的办理人' },
  'NOT-YOUR-DUTY': { status: 403, title: '您没有办理此事的岗位', whoClears: '有这项岗位的人' },
  'SAME-PERSON': { status: 409, title: '录入人和复核人不能是同一人', whoClears: '另一复核人' },
  'NOT-FOUND': { status: 404, title: '没有找到', whoClears: SENDER },
  REFUSED: { status: 409, title: '不予受理', whoClears: SENDER },
  CONFLICT: { status: 409, title: '与现有记录冲突', whoClears: '提交人刷新核对后重新提交' },
  'WRONG-STATE': { status: 409, title: '当前状态不能办理此事', whoClears: '名单现在环节的办理人' },
  'OWN-ROUTE': { status: 409, title: '此事有专门的办理入口', whoClears: SENDER },
  'TRAINING-ONLY': { status: 409, title: '只在演练模式下可用', whoClears: ADMINISTRATOR },
  'TOO-LARGE': { status: 413, title: '内容超过大小限制', whoClears: SENDER },
  'FILE-TYPE': { status: 415, title: '不接受这种文件', whoClears: SENDER },
  'CONTENT-TYPE': { status: 415, title: '不接受这种格式的请求', whoClears: SENDER },
  'SCENARIO-FAULTY': { status: 422, title: '场景文件有错误，全部未载入', whoClears: SENDER },
  'ROWS-FAULTY': { status: 422, title: '表中有错误，全部未入库', whoClears: SENDER },
  'LOCKED-OUT': { status: 429, title: '登录失败次数过多，已暂时锁定', whoClears: ADMINISTRATOR },
  UNAVAILABLE: { status: 503, title: '系统暂时不可用，请稍后再试', whoClears: ADMINISTRATOR },
  INTERNAL: { status: 500, title: '系统内部错误', whoClears: ADMINISTRATOR },
} as const satisfies Record<string, ProblemKind>;

/** 答复代码. */
export type ProblemCode = keyof typeof PROBLEM_KINDS;
