import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsBoolean, IsIn, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { CreateMetaFieldDto } from '@dynamo/nest';

/** How a question is answered, as types of fields. */
const KINDS = {
  text: { type: 'text' },
  yes_no: { type: 'boolean' },
  stars: { type: 'positive_small_integer', options: { min: 1, max: 5 } },
  one_of: { type: 'choice' },
  some_of: { type: 'multiple_choice' },
} as const;

class QuestionDto {
  @IsString() text: string;
  @IsIn(Object.keys(KINDS)) kind: keyof typeof KINDS;
  @IsOptional() @IsArray() choices?: string[];
  @IsOptional() @IsBoolean() required?: boolean;
}

export class CreateSurveyDto {
  @IsString() name: string;
  @IsString() title: string;
  @ArrayNotEmpty() @ValidateNested() @Type(() => QuestionDto) questions: QuestionDto[];
}

/** The first question becomes the field `q1`. What is wrong with its choices, or their lack, Dynamo says. */
export const fieldOf = ({ kind, text, ...rest }: QuestionDto, position: number): CreateMetaFieldDto => {
  return { name: `q${position + 1}`, verboseName: text, ...KINDS[kind], ...rest };
};
