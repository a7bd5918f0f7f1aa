/** 公示内容审查 (G-05): every kind of personal datum in every way of writing it; ordinary words pass. */
import { describe, expect, test } from 'vitest';
import { findSensitiveText } from '../../../domain/guards/sheet-text.ts';

const kindsIn = (text: string) => [...new Set(findSensitiveText(text).map(({ kind }) => kind))];

describe('what must not hang on a board', () => {
  test.for([
    ['53062719700101001X', '身份证件号码', '18 characters'],
    ['530627 19700101 001x', '身份证件号码', '18 with gaps'],
    ['５３０６２７１９７００１０１００１Ｘ', '身份证件号码', 'full width'],
    ['530627-700101-001', '身份证件号码', '15, the old card'],
    ['53062719700101001243', '身份证件号码', '20, a 残疾证'],
    ['5306271970010100124300', '身份证件号码', '22 digits'],
    ['53062719700101001X43B1', '身份证件号码', '22, a re-issued 残疾证'],
    ['13812345678', '手机号', 'mobile'],
    ['电话138-1234-5678', '手机号', 'mobile with dashes'],
    ['+86 138 1234 5678', '手机号', 'with the country'],
    ['0870-3123456', '电话号码', 'a landline'],
    ['6228480402564890018', '银行账号', '19, a card'],
    ['6222 0212 3456 7890', '银行账号', '16 in fours'],
    ['240112345678', '银行账号', '12, a passbook'],
    ['张三（残疾）', '健康状况', 'health beside a name'],
    ['因病致贫', '致贫原因', 'the cause'],
    ['缺劳力', '致贫原因', 'a cause without 因'],
  ] as const)('%s → %s (%s)', ([text, kind]) => {
    expect(kindsIn(text)).toEqual([kind]);
  });

  test('several things are all named; numbers are shown without their middle', () => {
    const found = findSensitiveText('张三530627197001010012，电话13812345678，患有慢性病');
    expect(found.map(({ kind }) => kind)).toEqual([
      '身份证件号码',
      '手机号',
      '健康状况',
      '健康状况',
    ]);
    expect(found[0]?.shown).toBe('530…12');
  });
});

describe('what may', () => {
  test.for([
    ['张三', 'a name'],
    ['阿卜杜勒·买买提', 'a name with a dot'],
    ['第12村民小组', 'a group'],
    ['家庭人口由4人改为5人', 'a size'],
    ['公示期2020-10-01至2020-10-08', 'two dates'],
    ['2020年10月1日 2020年10月8日', 'two dates in words'],
    ['镇扶组字〔2020〕60号', 'a document'],
    ['第1、2、3、4、5、6、7、8、9、10、11、12户', 'a row of ordinals'],
    ['监督电话12317', 'the national hotline'],
  ] as const)('%s (%s)', ([text]) => {
    expect(findSensitiveText(text)).toEqual([]);
  });

  test("the office's own contact may name a landline, never a mobile or a card", () => {
    expect(findSensitiveText('县扶贫办 0870-3123456', 'contact')).toEqual([]);
    expect(findSensitiveText('王主任 13812345678', 'contact')).toMatchObject([{ kind: '手机号' }]);
    expect(findSensitiveText('6228480402564890018', 'contact')).toMatchObject([
      { kind: '银行账号' },
    ]);
  });
});
