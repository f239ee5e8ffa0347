import { Inject, Injectable, type OnModuleInit, SetMetadata } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { foldName } from '../definition/identifiers.js';
import { type ModelController, overridden, type RecordActions } from '../records/model-controller.js';

const MODEL = Symbol('dynamo:controller-of');

/**
 * Declares that a provider is the {@link ModelController} of a model, found by its name without regard to case.
 *
 * @example
 * @Injectable()
 * @ControllerOf('shop.Product')
 * class ProductController implements ModelController {
 *   async create(generated: RecordActions, body: unknown): Promise<string> {
 *     return generated.create(typeof body === 'object' ? { stock: 0, ...body } : body);
 *   }
 * }
 */
export const ControllerOf = (model: string): ClassDecorator => SetMetadata(MODEL, model);

/** The application's own controllers of models, wherever in it they are provided. */
@Injectable()
export class ModelControllers implements OnModuleInit {
  private readonly byModel = new Map<string, ModelController>();

  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  /** @throws Error when a model has two */
  onModuleInit(): void {
    for (const { metatype, instance } of this.discovery.getProviders()) {
      if (typeof metatype !== 'function') continue;
      const model: unknown = this.reflector.get(MODEL, metatype);
      if (typeof model !== 'string') continue;
      const other = this.byModel.get(foldName(model));
      if (other !== undefined && other !== instance) throw new Error(`"${model}" has two controllers. Provide one.`);
      this.byModel.set(foldName(model), instance as ModelController);
    }
  }

  /** The actions of a model as the application wants them. */
  over(model: string, generated: RecordActions): RecordActions {
    const own = this.byModel.size === 0 ? undefined : this.byModel.get(foldName(model));
    return own === undefined ? generated : overridden(generated, own);
  }
}
