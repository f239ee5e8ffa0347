import { useLocale } from 'react-admin';

interface MomentProps {
  /** ISO 8601. */
  readonly value: string;
  /** With seconds. */
  readonly isExact?: boolean;
}

/** A moment in the time zone of whoever looks. */
export const Moment = ({ value, isExact = false }: MomentProps) => {
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: isExact ? 'medium' : 'short' });
  return (
    <time dateTime={value} title={value}>
      {format.format(new Date(value))}
    </time>
  );
};
