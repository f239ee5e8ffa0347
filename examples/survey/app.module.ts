import { Module, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DynamoModule, ProblemFilter } from '@dynamo/nest';
import { SurveyAccess } from './survey.access.js';
import { Survey } from './survey.entity.js';
import { SurveysController } from './surveys.controller.js';
import { SurveysService } from './surveys.service.js';

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      useFactory: () => ({ type: 'postgres', url: process.env.DATABASE_URL, entities: [Survey], synchronize: true }),
    }),
    TypeOrmModule.forFeature([Survey]),
    DynamoModule.forRoot({ defaultApp: 'survey', access: SurveyAccess }),
  ],
  controllers: [SurveysController],
  providers: [
    SurveysService,
    { provide: APP_PIPE, useValue: new ValidationPipe({ transform: true, whitelist: true }) },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class AppModule {}
