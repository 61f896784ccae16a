/** '2026-07-14 10:21 UTC' of an ISO time: the same on every machine, whatever its time zone and locale. */
export function dateText(iso: string): string {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(iso) ?? [];
  return day && time ? `${day} ${time} UTC` : iso || '?';
}
