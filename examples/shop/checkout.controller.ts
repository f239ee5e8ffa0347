import { Body, ConflictException, Controller, NotFoundException, Post } from '@nestjs/common';
import { IsInt, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import { DynamoModels } from '@dynamo/nest';
import { Customer, Order } from './shop.entities.js';
import { Buyer } from './shop.guard.js';

/** The part of a product that the code knows. */
interface Product {
  readonly id: number;
  readonly name: string;
  readonly price: string;
  readonly stock: number;
}

export class PurchaseDto {
  @IsInt()
  product: number;

  @IsInt()
  @Min(1)
  quantity: number;
}

@Controller('orders')
export class CheckoutController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly models: DynamoModels,
  ) {}

  /** Takes the product out of the stock and writes the order, or does neither. */
  @Post()
  buy(@Buyer() customer: Customer, @Body() { product: id, quantity }: PurchaseDto): Promise<Order> {
    return this.dataSource.transaction(async (manager) => {
      const products = manager.withRepository(this.models.repository<Product>('shop.Product'));
      const product = await products.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
      if (product === null) throw new NotFoundException(`There is no product ${id}.`);
      const { name, price, stock } = product;
      if (stock < quantity) throw new ConflictException(`There are ${stock} of "${name}" left.`);
      await products.update(id, { stock: stock - quantity });
      return manager.save(Order, { customer: { id: customer.id }, product: name, price, quantity });
    });
  }
}
