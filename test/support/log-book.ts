import type { LoggerService } from '@nestjs/common';

/** What is logged, by any server of this process, at every level. */
export class LogBook implements LoggerService {
  readonly lines: string[] = [];
  readonly log = (...parts: unknown[]) => this.write(parts);
  readonly error = (...parts: unknown[]) => this.write(parts);
  readonly warn = (...parts: unknown[]) => this.write(parts);
  readonly debug = (...parts: unknown[]) => this.write(parts);
  readonly verbose = (...parts: unknown[]) => this.write(parts);
  readonly fatal = (...parts: unknown[]) => this.write(parts);

  private write(parts: readonly unknown[]): void {
    this.lines.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '));
  }
}
