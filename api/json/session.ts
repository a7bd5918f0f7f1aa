import { z } from 'zod';

/** 当前用户. */
export const SessionJson = z.strictObject({
  userId: z.string(),
  name: z.string(),
  /** 一次性口令: nothing but changing it works until it is changed. */
  mustChangePassword: z.boolean(),
  duties: z.array(
    z.strictObject({
      orgCode: z.string(),
      level: z.string(),
      orgName: z.string(),
      duty: z.string(),
      department: z.string().nullable(),
      validFrom: z.string(),
      validTo: z.string().nullable(),
      words: z.string(),
    }),
  ),
});
