/** Where the scenario files of the shipped packs play. */
export const ZHENXIONG = {
  packId: 'zhenxiong-2020',
  places: { village: '大田村', township: '青石镇', county: '镇雄县' },
  villageCode: '530627901201',
} as const;

export const KUNMING = {
  packId: 'kunming-2017',
  places: { village: '凤龙村', township: '青石镇', county: '寻甸县' },
  villageCode: '530129901201',
} as const;

export const XINWAN = {
  packId: 'xinwan-2022',
  places: { village: '新河村', township: '青石镇', county: '沅江市' },
  villageCode: '430981901201',
} as const;

export const SHANXI = {
  packId: 'shanxi-2017',
  places: { village: '南沟村', township: '青石镇', county: '临县' },
  villageCode: '141124901201',
} as const;

/** 2018 in the same county, up to the province and the nation. */
export const HUNAN = {
  packId: 'hunan-2018',
  places: {
    ...XINWAN.places,
    city: '益阳市',
    province: '湖南省',
    nation: '全国',
  },
  villageCode: XINWAN.villageCode,
} as const;
