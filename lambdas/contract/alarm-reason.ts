/**
 * What CloudWatch says of an alarm's state, fit for people: numbers with three digits that count, and without the reminder
 * of how many datapoints a change of state takes. For display only.
 */
export const readableReason = (reason: string): string =>
  reason
    .replace(/\d+\.\d{4,}/g, (number) => String(Number(Number(number).toPrecision(3))))
    .replace(/ \(\d\d\/\d\d\/\d\d (\d\d:\d\d):\d\d\)/g, ' at $1')
    .replace(/ ?\(minimum \d+ datapoints? for [^)]*\)/, '');
