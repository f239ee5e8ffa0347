import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('bench_category')
export class Category {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column('varchar', { length: 255 })
  name: string;
}
