import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Category } from './category.entity.js';

@Entity('bench_product')
export class Product {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: number;

  @Column('varchar', { length: 255 })
  title: string;

  @Column('varchar', { length: 40, unique: true })
  sku: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('numeric', { precision: 10, scale: 2, nullable: true })
  price: string | null;

  @Column('integer')
  stock: number;

  @Column('boolean', { default: true, nullable: true })
  active: boolean;

  @Column('date', { name: 'released_on', nullable: true })
  releasedOn: string | null;

  @Column('timestamptz', { name: 'updated_at', nullable: true })
  updatedAt: Date | null;

  @Column('bigint', { name: 'category_id', nullable: true })
  categoryId: number | null;

  @ManyToOne(() => Category)
  @JoinColumn({ name: 'category_id' })
  category?: Category | null;
}
