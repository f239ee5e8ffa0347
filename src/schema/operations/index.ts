import type { OperationType } from '../schema-operation.js';
import { AddCheck } from './add-check.operation.js';
import { AddColumn } from './add-column.operation.js';
import { AddForeignKey } from './add-foreign-key.operation.js';
import { AddIdentity } from './add-identity.operation.js';
import { AddUnique } from './add-unique.operation.js';
import { AlterColumnType } from './alter-column-type.operation.js';
import { CheckValues } from './check-values.operation.js';
import { CreateIndex } from './create-index.operation.js';
import { CreateJoinTable } from './create-join-table.operation.js';
import { CreateTable } from './create-table.operation.js';
import { DropColumn } from './drop-column.operation.js';
import { DropConstraint } from './drop-constraint.operation.js';
import { DropIdentity } from './drop-identity.operation.js';
import { DropIndex } from './drop-index.operation.js';
import { DropJoinTable } from './drop-join-table.operation.js';
import { DropNotNull } from './drop-not-null.operation.js';
import { DropTable } from './drop-table.operation.js';
import { LeaveTarget } from './leave-target.operation.js';
import { MoveToColumn } from './move-to-column.operation.js';
import { MoveToJoinTable } from './move-to-join-table.operation.js';
import { RenameColumn } from './rename-column.operation.js';
import { RenameTable } from './rename-table.operation.js';
import { SetDefault } from './set-default.operation.js';
import { SetNotNull } from './set-not-null.operation.js';

/** Every operation. Within a phase they run in this order. */
export const OPERATIONS: readonly OperationType[] = [
  DropConstraint,
  DropIndex,
  DropIdentity,
  DropNotNull,
  DropColumn,
  DropJoinTable,
  DropTable,
  RenameTable,
  RenameColumn,
  CreateTable,
  CreateJoinTable,
  AddColumn,
  LeaveTarget,
  CheckValues,
  AlterColumnType,
  SetDefault,
  MoveToJoinTable,
  MoveToColumn,
  AddCheck,
  AddForeignKey,
  SetNotNull,
  AddIdentity,
  AddUnique,
  CreateIndex,
];
