import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import type { CSSProperties, ReactElement } from 'react';

interface DateFieldProps {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (text: string | undefined) => void;
  readonly withTime?: boolean;
  readonly style?: CSSProperties;
  readonly 'aria-label'?: string;
}

/**
 * 日期 ('2020-09-01') or, with time, 日期和时间 ('2020-09-01T09:30') as text of the wall clock. The
 * browser's own fields speak the browser's language, and its zone may not be China's; this has neither.
 */
export function DateField(props: DateFieldProps): ReactElement {
  const { id, value, onChange, withTime = false, style } = props;
  const stored = withTime ? 'YYYY-MM-DD[T]HH:mm' : 'YYYY-MM-DD';
  return (
    <DatePicker
      {...(id !== undefined && { id })}
      aria-label={props['aria-label']}
      value={value === undefined || value === '' ? null : dayjs(value)}
      onChange={(day) => onChange?.(day === null ? undefined : day.format(stored))}
      showTime={withTime && { format: 'HH:mm' }}
      format={withTime ? 'YYYY-MM-DD HH:mm' : 'YYYY-MM-DD'}
      placeholder={withTime ? '选择日期和时间' : '选择日期'}
      style={{ width: withTime ? 210 : 150, ...style }}
    />
  );
}
