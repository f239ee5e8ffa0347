import { type CanActivate, type ExecutionContext, Injectable, UnsupportedMediaTypeException } from '@nestjs/common';

const METHODS_WITH_BODY = new Set(['POST', 'PATCH', 'PUT']);
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/**
 * Takes bodies as JSON only. A form is what a page of any other site can make a browser send here; JSON it cannot
 * send without being asked first.
 */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { method, headers } = context.switchToHttp().getRequest<{
      readonly method: string;
      readonly headers: Readonly<Record<string, string | undefined>>;
    }>();
    const { 'content-type': type, 'content-length': length, 'transfer-encoding': transfer } = headers;
    const isEmpty = type === undefined && transfer === undefined && Number(length ?? 0) === 0;
    if (!METHODS_WITH_BODY.has(method) || isEmpty || JSON_TYPE.test(type ?? '')) return true;
    throw new UnsupportedMediaTypeException('Send the body as JSON, with Content-Type: application/json.');
  }
}
