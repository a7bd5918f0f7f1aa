/**
 * 启动失败 — something outside the program keeps it from starting: shown as it is, without a stack.
 * The message is in Chinese; what an operator must type may follow in English.
 */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}
