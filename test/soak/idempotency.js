// Many writes with an idempotency key whose connection is lost at COMMIT: SOAK_ROUNDS of each kind, 100 unless told.
import { spawnSync } from 'node:child_process';

const SOAK_ROUNDS = process.env.SOAK_ROUNDS ?? '100';
const { status } = spawnSync('npm', ['test', '--', '--testTimeout=3600000', 'test/e2e/idempotency-faults.spec.ts'], {
  stdio: 'inherit',
  env: { ...process.env, SOAK_ROUNDS },
});
process.exit(status ?? 1);
