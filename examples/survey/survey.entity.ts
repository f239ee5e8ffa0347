import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Its questions are the fields of the model with the same name, its answers the records. Whoever has the key owns it. */
@Entity('surveys')
export class Survey {
  @PrimaryColumn() name: string;
  @Column() title: string;
  @Column() key: string;
  @Column({ default: true }) isOpen: boolean;
}
