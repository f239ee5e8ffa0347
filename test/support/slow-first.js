import Sequencer from '@jest/test-sequencer';

/**
 * Files and directories that take long whatever the machine, longest first. On a clean clone Jest knows no durations and
 * goes by the size of the files, so a small file that runs for minutes would come last, alone on one core.
 */
const SLOW = [
  'browser/',
  'e2e/package.spec.ts',
  'e2e/start.spec.ts',
  'contract/conversions.spec.ts',
  'e2e/safety-writes.spec.ts',
  'e2e/exchange-streams.spec.ts',
  'e2e/openapi-callers-serving.spec.ts',
  'integration/database/embedded-postgres.spec.ts',
  'e2e/keyset.spec.ts',
  'e2e/access-mistakes.spec.ts',
  'e2e/safety-time-zones.spec.ts',
  'e2e/host-application.spec.ts',
  'e2e/accounts/auth-timing.spec.ts',
  'e2e/admin/admin-path.spec.ts',
  'fuzz/fuzz.spec.ts',
  'fuzz/http.spec.ts',
  'e2e/examples/',
  'e2e/accounts/auth-environment.spec.ts',
  'e2e/accounts/auth-setup.spec.ts',
  'e2e/accounts/auth-load.spec.ts',
  'e2e/accounts/auth-limits.spec.ts',
  'e2e/access-routes.spec.ts',
  'e2e/inverse-relations.spec.ts',
  'e2e/declarations.spec.ts',
  'e2e/command-line.spec.ts',
  'e2e/hostile-definitions.spec.ts',
  'e2e/tour.spec.ts',
  'e2e/openapi-client.spec.ts',
  'contract/public-api.spec.ts',
];

const rank = ({ path }) => {
  const position = SLOW.findIndex((name) => path.includes(`/test/${name}`));
  return position === -1 ? SLOW.length : position;
};

/** Starts the files that take long before all others, which Jest then orders as always. */
export default class SlowFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((left, right) => rank(left) - rank(right));
  }
}
