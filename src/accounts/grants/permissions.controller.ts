import { Controller, Get, Inject, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { snakeCase } from '../../definition/identifiers.js';
import { ModelRegistry } from '../../pipeline/model.registry.js';
import { GrantablesResponse } from '../dto/permission.responses.js';

/** Django's four, which exist as long as their model does. */
const RECORD_ACTIONS = ['view', 'add', 'change', 'delete'] as const;

const SCHEMA = { action: 'schema', codename: 'change_schema', name: 'Can see and change models and fields' };

/** What can be granted. */
@ApiTags('accounts')
@Controller({ path: 'meta/permissions', version: VERSION_NEUTRAL })
export class PermissionsController {
  constructor(@Inject(ModelRegistry) private readonly registry: ModelRegistry) {}

  @Get()
  @ApiOperation({ summary: 'Everything that can be granted' })
  @ApiOkResponse({ type: GrantablesResponse })
  list() {
    const models = [...this.registry.list()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const permissions = models.flatMap(({ id: modelId, name: model }) => {
      const [, own = model] = model.split('.');
      return RECORD_ACTIONS.map((action) => ({
        model,
        modelId,
        action,
        codename: `${action}_${snakeCase(own)}`,
        name: `Can ${action} ${own}`,
      }));
    });
    return { data: [...permissions, SCHEMA] };
  }
}
