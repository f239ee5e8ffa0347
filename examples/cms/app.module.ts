import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DynamoModule, ProblemFilter } from '@dynamo/nest';
import { CmsAccess } from './cms.access.js';
import { CmsService } from './cms.service.js';
import { CurrentUserInterceptor } from './current-user.js';
import { TokenGuard } from './token.guard.js';
import { User } from './user.entity.js';

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      useFactory: () => ({
        type: 'postgres',
        url: process.env['DATABASE_URL'],
        autoLoadEntities: true,
        // Makes the tables of the entities. Those of the content types are Dynamo's, and left alone.
        synchronize: true,
      }),
    }),
    TypeOrmModule.forFeature([User]),
    DynamoModule.forRoot({ defaultApp: 'cms', access: CmsAccess }),
  ],
  providers: [
    CmsService,
    { provide: APP_GUARD, useClass: TokenGuard },
    { provide: APP_INTERCEPTOR, useClass: CurrentUserInterceptor },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class AppModule {}
