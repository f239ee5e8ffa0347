import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { dynamoError } from '../../../fixtures/problem.js';
import { patient, PATIENCE } from '../../../../src/records/exchange/patient.js';

const soon = 20;

describe('patience with a file', () => {
  it('is half a minute', () => {
    expect(PATIENCE).toBe(30_000);
  });

  it('ends when nothing comes any more', async () => {
    const source = new PassThrough();
    source.write('a');

    const parts = patient(source.iterator({ destroyOnReturn: false }), soon);

    expect(await parts.next()).toEqual({ done: false, value: Buffer.from('a') });
    await expect(parts.next()).rejects.toEqual(dynamoError('import_timed_out', /^Nothing came for 0\.02 seconds/));
    expect(source.destroyed).toBe(false);
  });

  it('does not count the time that the reader takes', async () => {
    const source = new PassThrough();
    source.end('a');

    const parts = patient(source, soon);
    await parts.next();
    await new Promise((resolve) => setTimeout(resolve, 2 * soon));

    expect(await parts.next()).toEqual({ done: true, value: undefined });
  });

  it('tells a file that breaks off from one that ends', async () => {
    const source = new PassThrough();
    source.write('a');

    const parts = patient(source);
    await parts.next();
    source.destroy();

    await expect(parts.next()).rejects.toEqual(dynamoError('import_interrupted', /^The file ended before its time/));
  });

  it('lets the rest of a file flow when it is not read to its end', async () => {
    const source = new PassThrough();
    source.write('a');

    const parts = patient(source.iterator({ destroyOnReturn: false }));
    await parts.next();
    await parts.return(undefined);
    source.resume().end('b');

    await new Promise((resolve) => source.once('end', resolve));
    expect(source.readableEnded).toBe(true);
  });
});
