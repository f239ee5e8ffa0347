import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { JSON_OBJECT } from '../../meta/dto/json-property.js';
import { PageMeta } from '../../meta/dto/meta.responses.js';

/** Something that was done, for the OpenAPI document. */
export class AuditEntryResponse {
  @ApiProperty({ description: 'Unique in the audit.' })
  id: string;

  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ example: 'login' })
  action: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Email of the user, or name of the key; null for programs.',
  })
  by: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  userId: string | null;

  @ApiProperty({ type: String, nullable: true })
  address: string | null;

  @ApiProperty({ type: String, nullable: true })
  requestId: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  modelId: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Null also for a model that is gone.' })
  model: string | null;

  @ApiProperty({ type: String, nullable: true })
  recordId: string | null;

  @ApiProperty(JSON_OBJECT)
  details: object;
}

/** A page of the audit. */
export class AuditPageResponse {
  @ApiProperty({ type: [AuditEntryResponse] })
  data: AuditEntryResponse[];

  @ApiProperty()
  meta: PageMeta;
}

/** A model of whose records every change is kept. */
export class AuditedModelResponse {
  @ApiProperty({ format: 'uuid' })
  modelId: string;

  @ApiPropertyOptional()
  model?: string;
}

/** All of them. */
export class AuditedModelsResponse {
  @ApiProperty({ type: [AuditedModelResponse] })
  data: AuditedModelResponse[];
}
