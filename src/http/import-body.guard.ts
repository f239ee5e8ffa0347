import { type CanActivate, type ExecutionContext, Injectable, UnsupportedMediaTypeException } from '@nestjs/common';
import { importFormat } from './import-body.js';

/** Takes files of records, besides JSON: no form of another site can make a browser send those without being asked first. */
@Injectable()
export class ImportBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { method, headers } = context.switchToHttp().getRequest<{
      readonly method: string;
      readonly headers: Readonly<Record<string, string | undefined>>;
    }>();
    if (method !== 'POST' || importFormat(headers['content-type']) !== undefined) return true;
    throw new UnsupportedMediaTypeException(
      'Send a file with Content-Type: text/csv, application/x-ndjson or application/json.',
    );
  }
}
