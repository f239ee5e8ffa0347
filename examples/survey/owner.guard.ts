import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Survey } from './survey.entity.js';

export interface SurveyRequest {
  readonly headers: { readonly authorization?: string };
  readonly params: { readonly name: string };
}

export const keyOf = ({ headers }: SurveyRequest): string => headers.authorization?.replace(/^Bearer /, '') ?? '';

/** Lets in whoever has the key of the survey in the address. */
@Injectable()
export class OwnerGuard implements CanActivate {
  constructor(private readonly dataSource: DataSource) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SurveyRequest>();
    return this.dataSource.getRepository(Survey).existsBy({ name: request.params.name, key: keyOf(request) });
  }
}
