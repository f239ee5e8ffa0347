import { Body, Controller, Delete, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { OwnerGuard } from './owner.guard.js';
import { CreateSurveyDto } from './survey.dto.js';
import type { Survey } from './survey.entity.js';
import { SurveysService } from './surveys.service.js';

@Controller('surveys')
export class SurveysController {
  constructor(private readonly surveys: SurveysService) {}

  @Post()
  create(@Body() survey: CreateSurveyDto): Promise<Survey> {
    return this.surveys.create(survey);
  }

  @Get(':name')
  form(@Param('name') name: string): Promise<object> {
    return this.surveys.form(name);
  }

  @Post(':name/close')
  @HttpCode(204)
  @UseGuards(OwnerGuard)
  close(@Param('name') name: string): Promise<void> {
    return this.surveys.close(name);
  }

  @Delete(':name')
  @HttpCode(204)
  @UseGuards(OwnerGuard)
  delete(@Param('name') name: string): Promise<void> {
    return this.surveys.delete(name);
  }
}
