import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A survey. Its questions are the fields of the model with the same name, its answers its records. Whoever has the key owns it. */
@Entity('surveys')
export class Survey {
  @PrimaryColumn() name: string;
  @Column() title: string;
  @Column() key: string;
  @Column({ default: true }) isOpen: boolean;
}
