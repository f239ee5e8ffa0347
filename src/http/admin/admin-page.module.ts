import { fileURLToPath } from 'node:url';
import { type DynamicModule, Module } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { DYNAMO_ADMIN_ADDRESS, DYNAMO_ADMIN_DIRECTORY } from '../../dynamo.constants.js';
import { AdminAddress } from './admin-address.js';
import { AdminFiles } from './admin-files.js';
import { AdminPageController } from './admin-page.controller.js';

/** `dist/admin`, as seen from where this file is after the build. */
const BUILT = fileURLToPath(new URL('../../admin/', import.meta.url));

/** The admin has a place of its own, beside the API. */
@Module({})
export class AdminPageModule {
  /** @param adminPath where the page is @param routePrefix where the API is */
  static at(adminPath: string, routePrefix: string): DynamicModule {
    const address = new AdminAddress(adminPath, routePrefix);
    return {
      module: AdminPageModule,
      imports: [RouterModule.register([{ path: address.adminPath, module: AdminPageModule }])],
      controllers: [AdminPageController],
      providers: [
        { provide: DYNAMO_ADMIN_ADDRESS, useValue: address },
        { provide: DYNAMO_ADMIN_DIRECTORY, useValue: BUILT },
        {
          provide: AdminFiles,
          inject: [DYNAMO_ADMIN_DIRECTORY],
          useFactory: (directory: string) => new AdminFiles(directory),
        },
      ],
    };
  }
}
