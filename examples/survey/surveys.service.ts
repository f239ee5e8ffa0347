import { randomUUID } from 'node:crypto';
import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { DynamoModels, MetaModel } from '@dynamo/nest';
import { type CreateSurveyDto, fieldOf } from './survey.dto.js';
import { Survey } from './survey.entity.js';

@Injectable()
export class SurveysService {
  constructor(
    @InjectRepository(Survey) private readonly surveys: Repository<Survey>,
    private readonly models: DynamoModels,
  ) {}

  /** Makes the model of the answers, and with it its API. */
  async create({ name, title, questions }: CreateSurveyDto): Promise<Survey> {
    await this.models.create({ name, verboseName: title, fields: questions.map(fieldOf) });
    return this.surveys.save({ name, title, key: randomUUID() });
  }

  /** What is asked, for whoever shows a form. */
  async form(name: string): Promise<object> {
    const survey = await this.surveys.findOneBy({ name });
    if (survey === null) throw new NotFoundException(`There is no survey "${name}".`);
    const { fields } = await this.models.get(`survey.${name}`);
    const questions = fields.map(({ name, verboseName: text, choices }) => ({ name, text, choices }));
    return { title: survey.title, isOpen: survey.isOpen, questions };
  }

  async close(name: string): Promise<void> {
    await this.surveys.update(name, { isOpen: false });
  }

  /** In one transaction: models are rows like others. Their tables go with them, answers and all. */
  async delete(name: string): Promise<void> {
    await this.surveys.manager.transaction(async (manager) => {
      await manager.remove(await manager.findOneByOrFail(MetaModel, { app: 'survey', name }));
      await manager.delete(Survey, { name });
    });
  }
}
