import { Column, Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

/** Somebody with an account. */
@Entity('customers')
export class Customer {
  @PrimaryGeneratedColumn() id: number;
  @Column({ unique: true }) token: string;
  @Column({ default: false }) isMerchant: boolean;
}

/** A purchase. It keeps what the product was called and cost, whatever becomes of it. */
@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Customer, { nullable: false }) customer: Customer;
  @Column() product: string;
  @Column('numeric', { precision: 12, scale: 2 }) price: string;
  @Column() quantity: number;
}
