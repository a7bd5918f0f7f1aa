/** 到县统计数据 of a report: how many households of a county. */
export interface CountyCount {
  readonly countyCode: string;
  readonly households: number;
}
