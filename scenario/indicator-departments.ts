/** 部门 that a value of 退出指标 names; whatever is no list of indicators names none. */
export function departmentsOfIndicators(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    const isNamed = typeof item === 'object' && item !== null && 'department' in item;
    return isNamed && typeof item.department === 'string' ? [item.department] : [];
  });
}
