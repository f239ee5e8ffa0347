import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../../../api/api-error.js';
import { sendFile, type SentBytes } from '../../../../api/send-file.js';
import { useForgetRecords } from '../../../../records/use-forget-records.js';
import { type ImportReport, refusalOf, reportOf } from './import-report.js';

/** What becomes of a file. */
export type ImportRun =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly isDryRun: boolean; readonly bytes: SentBytes }
  | { readonly state: 'reported'; readonly report: ImportReport }
  /** `isSure`: the server had not got everything, so that it has written nothing. */
  | { readonly state: 'cancelled'; readonly isSure: boolean }
  | { readonly state: 'failed'; readonly error: unknown; readonly isSure: boolean };

interface Sent {
  readonly address: string;
  readonly content: Blob;
  readonly contentType: string;
  readonly isDryRun: boolean;
}

const IDLE: ImportRun = { state: 'idle' };

/** Sends a file, once at a time. @param path of the model */
export const useImportRun = (path: string) => {
  const [run, setRun] = useState<ImportRun>(IDLE);
  const running = useRef<AbortController>(undefined);
  const forgetRecords = useForgetRecords(path);
  useEffect(() => () => running.current?.abort(), []);

  const start = async ({ address, content, contentType, isDryRun }: Sent): Promise<void> => {
    const abort = new AbortController();
    running.current = abort;
    let bytes: SentBytes = { sent: 0, total: content.size };
    const onProgress = (now: SentBytes) => {
      bytes = now;
      setRun({ state: 'running', isDryRun, bytes });
    };
    onProgress(bytes);
    const end = (error: unknown): ImportRun => {
      const report = refusalOf(error);
      if (report !== undefined) return { state: 'reported', report };
      const isSure = isDryRun || error instanceof ApiError || bytes.sent < bytes.total;
      return abort.signal.aborted ? { state: 'cancelled', isSure } : { state: 'failed', error, isSure };
    };
    try {
      const body = await sendFile(address, { content, contentType, onProgress, signal: abort.signal });
      setRun({ state: 'reported', report: reportOf(body) });
    } catch (error) {
      setRun(end(error));
    }
    if (!isDryRun) await forgetRecords();
  };

  return {
    run,
    start,
    stop: () => running.current?.abort(),
    reset: () => setRun(IDLE),
  };
};
