import { ApiProperty } from '@nestjs/swagger';
import { PageMeta } from './meta.responses.js';

const STATES = ['pending', 'building', 'valid', 'failed'];

class BackgroundStepResponse {
  @ApiProperty({ type: 'integer' })
  position: number;

  @ApiProperty({ example: 'Convert "price" of the existing records of shop.Product' })
  description: string;

  @ApiProperty({ enum: STATES })
  state: string;

  @ApiProperty({ type: 'integer', description: 'Rows, or blocks of the table, so far.' })
  done: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of all, estimated; null where that is not known.' })
  total: number | null;
}

class BackgroundErrorResponse {
  @ApiProperty()
  code: string;

  @ApiProperty()
  message: string;

  @ApiProperty({ type: 'integer', description: 'Status that the change would have been answered with.' })
  status: number;
}

/** A change in the background, for the OpenAPI document. */
export class BackgroundChangeResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({
    enum: [...STATES, 'cancelled'],
    description: 'valid: it is made. Until then models are what they were.',
  })
  state: string;

  @ApiProperty({ type: [String], example: ['shop.Product'] })
  models: string[];

  @ApiProperty({ description: 'What it does, one sentence a line.' })
  description: string;

  @ApiProperty({ type: [BackgroundStepResponse], description: 'What is done before the change itself.' })
  steps: BackgroundStepResponse[];

  @ApiProperty({ type: String, nullable: true, description: 'Who asked for it, if that was known.' })
  by: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt: string | null;

  @ApiProperty({ description: 'Somebody wants it to end; what was got ready is being removed.' })
  isCancelled: boolean;

  @ApiProperty({ type: BackgroundErrorResponse, nullable: true, description: 'Why it came to nothing.' })
  error: BackgroundErrorResponse | null;
}

/** A page of them, for the OpenAPI document. */
export class BackgroundChangePageResponse {
  @ApiProperty({ type: [BackgroundChangeResponse] })
  data: BackgroundChangeResponse[];

  @ApiProperty()
  meta: PageMeta;
}
