import { describe, expect, it } from '@jest/globals';
import { toLocal, toMoment } from '../../../admin-ui/src/fields/local-time.js';

describe('a moment on the clock of whoever looks', () => {
  it.each(['2026-11-21T09:30:15Z', '2026-07-01T23:59:59Z', '2026-11-21T09:30:15.123456Z', '0099-12-31T12:00:00Z'])(
    'comes back as it was: %s',
    (moment) => {
      const local = toLocal(moment);

      expect(local).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/);
      expect(toMoment(local ?? '')).toBe(moment);
    },
  );

  it('needs no seconds to be typed', () => {
    expect(toMoment('2026-11-21T10:30')).toBe(toMoment('2026-11-21T10:30:00'));
  });

  it.each(['', 'yesterday', '2026-13-01T00:00:00Z'])('is none when the text is "%s"', (text) => {
    expect(toLocal(text)).toBeUndefined();
  });

  it('stays what was typed when it is not to be understood, so that the server says so', () => {
    expect(toMoment('yesterday')).toBe('yesterday');
  });
});
