import type { AdminController } from './admin-controller.js';

/** The actions of a model's API in HTTP's terms: texts in, JSON text out. */
export type RecordActions = { readonly [Action in keyof AdminController]: AdminController[Action] };

/**
 * The application's own actions for one model, instead of those that Dynamo has made. Each gets Dynamo's as its first
 * argument, which are always those of the model as it is now, with the rights of whoever asks; what it does without
 * them it must check itself. Actions that are left out stay as they are.
 *
 * @example
 * @Injectable()
 * @ControllerOf('shop.Product')
 * class ProductController implements ModelController {
 *   async destroy(): Promise<void> {
 *     throw new ForbiddenException('Products are not deleted. Take them off the shelf instead.');
 *   }
 * }
 */
export type ModelController = {
  [Action in keyof RecordActions]?: (
    generated: RecordActions,
    ...parameters: Parameters<RecordActions[Action]>
  ) => ReturnType<RecordActions[Action]>;
};

/** Dynamo's actions with the application's own in their places. */
export const overridden = (generated: RecordActions, own: ModelController): RecordActions =>
  new Proxy(generated, {
    get: (target, action) => {
      const method: unknown = Reflect.get(own, action);
      if (typeof method === 'function') return (...parameters: unknown[]) => method.call(own, target, ...parameters);
      const original: unknown = Reflect.get(target, action);
      return typeof original === 'function' ? original.bind(target) : original;
    },
  });
