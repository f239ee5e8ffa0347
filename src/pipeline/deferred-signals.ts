import type {
  RecordAnnouncement,
  RecordSignal,
  RecordSignalPayloads,
  RecordSignals,
} from '../records/record-signals.js';

/** Signals of records within a larger transaction: what is due after COMMIT waits for that of the whole. */
export class DeferredSignals implements RecordSignals {
  private readonly due: RecordAnnouncement[] = [];

  constructor(private readonly signals: RecordSignals) {}

  isConnected(signal: RecordSignal, model: string): boolean {
    return this.signals.isConnected(signal, model);
  }

  async sendBefore<S extends RecordSignal>(signal: S, payload: RecordSignalPayloads[S]): Promise<void> {
    await this.signals.sendBefore(signal, payload);
  }

  sendAfter(announcements: readonly RecordAnnouncement[]): void {
    this.due.push(...announcements);
  }

  /** After the COMMIT. */
  flush(): void {
    this.signals.sendAfter(this.due);
  }
}
