import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AccessPolicy, AccessQuestion, Decision } from '@dynamo/nest';
import { keyOf, type SurveyRequest } from './owner.guard.js';
import { Survey } from './survey.entity.js';

/** Nobody has a name here. What counts is which surveys are open, and whose key somebody has. */
interface Visitor {
  readonly key: string;
  readonly surveys: readonly Survey[];
}

/** Everybody may answer while a survey is open. Only its owner sees the answers, and nobody changes one. */
@Injectable()
export class SurveyAccess implements AccessPolicy<Visitor> {
  constructor(private readonly dataSource: DataSource) {}

  /** Once for each request: `decide` cannot wait, so what it has to know is looked up here. */
  async identify(request: SurveyRequest): Promise<Visitor> {
    const key = keyOf(request);
    return { key, surveys: await this.dataSource.getRepository(Survey).findBy([{ isOpen: true }, { key }]) };
  }

  decide({ user, action, definition }: AccessQuestion<Visitor>): Decision {
    const survey = user?.surveys.find(({ name }) => name === definition?.name);
    if (survey === undefined) return false;
    return action === 'add' ? survey.isOpen : action === 'view' && survey.key === user?.key;
  }
}
